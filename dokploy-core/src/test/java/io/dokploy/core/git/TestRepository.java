package io.dokploy.core.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository made with git itself, without anybody's configuration. */
public final class TestRepository {

    private final Path directory;

    public TestRepository(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        git("init", "-q", "-b", "main");
    }

    public Path directory() {
        return directory;
    }

    public String url() {
        return "file://" + directory;
    }

    public TestRepository write(String path, String content) {
        return write(path, content.getBytes(UTF_8));
    }

    public TestRepository write(String path, byte[] content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public TestRepository executable(String path, String content) throws IOException {
        write(path, content);
        Files.setPosixFilePermissions(directory.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    public TestRepository link(String path, String target) throws IOException {
        Files.createDirectories(directory.resolve(path).getParent());
        Files.createSymbolicLink(directory.resolve(path), Path.of(target));
        return this;
    }

    public TestRepository delete(String path) throws IOException {
        Files.delete(directory.resolve(path));
        return this;
    }

    /** Commits everything and says which commit it is. */
    public String commit(String message) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    public String head() {
        return git("rev-parse", "HEAD");
    }

    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(directory, Map.of(), command);
    }

    /** Runs a program and returns what it printed. */
    public static String run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            var builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_AUTHOR_NAME", "Ann");
            builder.environment().put("GIT_AUTHOR_EMAIL", "ann@example.com");
            builder.environment().put("GIT_COMMITTER_NAME", "Ann");
            builder.environment().put("GIT_COMMITTER_EMAIL", "ann@example.com");
            builder.environment().put("GIT_ALLOW_PROTOCOL", "file:http:https:ssh");
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
