package io.dokploy.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A repository with the tests' web application and many other files, served over HTTP by Git's own backend in a container.
 * Each commit changes one line.
 */
final class ServedRepository implements AutoCloseable {

    private static final String IMAGE = "dokploy/git-https:1";

    private final Path work;
    private final String container;
    private final int port;

    ServedRepository(Path directory, Workload workload) {
        this.work = directory.resolve("work");
        var served = directory.resolve("served");
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
            Files.createDirectories(work);
            Files.createDirectories(served);
            fill(work.resolve("src"), workload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program.run(
                directory,
                "git",
                "init",
                "-q",
                "--bare",
                "-b",
                "main",
                served.resolve("app.git").toString());
        Program.run(work, "git", "init", "-q", "-b", "main");
        Program.run(
                work,
                "git",
                "remote",
                "add",
                "origin",
                served.resolve("app.git").toString());
        container = Program.run(
                        directory,
                        "docker",
                        "run",
                        "--detach",
                        "--label=io.dokploy.run=benchmark",
                        "--label=io.dokploy.run.pid=" + ProcessHandle.current().pid(),
                        "--publish=127.0.0.1:" + port + ":80",
                        "--volume=" + served + ":/srv/git",
                        IMAGE)
                .strip();
    }

    /** Text that does not compress to nothing, the same in each run. */
    private static void fill(Path directory, Workload workload) throws IOException {
        Files.createDirectories(directory);
        var random = new Random(4711);
        int each = (int) (workload.bytes() / workload.files());
        for (int i = 0; i < workload.files(); i++) {
            var text = new StringBuilder(each);
            while (text.length() < each) {
                text.append(Long.toString(random.nextLong(), 36)).append(i % 7 == 0 ? "\n" : " ");
            }
            var folder = Files.createDirectories(directory.resolve("part" + i % 40));
            Files.writeString(folder.resolve("file" + i + ".txt"), text.substring(0, each), StandardCharsets.US_ASCII);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/app.git";
    }

    /** Makes this version what the branch holds. */
    void commit(String version) {
        try {
            Files.writeString(
                    work.resolve("Dockerfile"),
                    "FROM dokploy/testapp:1\nENV START_DELAY=200ms\nCOPY . /srv\nENV VERSION=" + version + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program.run(work, "git", "add", "--all");
        Program.run(
                work, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", version);
        Program.run(work, "git", "push", "-q", "origin", "main");
    }

    @Override
    public void close() {
        Program.run(work, "docker", "rm", "--force", "--volumes", container);
    }
}
