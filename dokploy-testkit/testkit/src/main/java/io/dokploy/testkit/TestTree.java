package io.dokploy.testkit;

import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source tree for a test, in a temporary directory that is gone when it is closed: {@code TestTree.of("Dockerfile",
 * "FROM busybox:1.37\n")}.
 */
public final class TestTree implements SourceTree, AutoCloseable {

    private static final long READ_LIMIT = 1 << 20;

    private final TempDirectory directory = new TempDirectory("tree");

    private TestTree() {}

    /** A tree without files. */
    public static TestTree empty() {
        return new TestTree();
    }

    /** A tree with one file. */
    public static TestTree of(String path, String content) {
        return empty().with(path, content);
    }

    /** A tree with these files: contents by path. */
    public static TestTree of(Map<String, String> files) {
        TestTree tree = empty();
        files.forEach(tree::with);
        return tree;
    }

    /** This tree with one more file, or another content of one. */
    public TestTree with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** This tree with one more file, or another content of one. */
    public TestTree with(String path, byte[] content) {
        try {
            Path file = resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path directory() {
        return directory.path();
    }

    @Override
    public String hash() {
        MessageDigest digest = sha256();
        try (Stream<Path> all = Files.walk(directory())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(directory().relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) (Files.isExecutable(file) ? 1 : 0));
                digest.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean hasFile(String path) {
        return Files.isRegularFile(resolve(path));
    }

    @Override
    public boolean hasDirectory(String path) {
        return Files.isDirectory(resolve(path));
    }

    @Override
    public Optional<String> read(String path) {
        Path file = resolve(path);
        try {
            return hasFile(path) && Files.size(file) <= READ_LIMIT
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String path) {
        try {
            return Files.newInputStream(resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> list(String path) {
        try (Stream<Path> entries = Files.list(resolve(path))) {
            return entries.map(directory.path()::relativize)
                    .map(entry -> entry.getName(entry.getNameCount() - 1).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        directory.delete();
    }

    private Path resolve(String path) {
        Path resolved = directory().resolve(path).normalize();
        if (!resolved.startsWith(directory())) {
            throw new IllegalArgumentException("\"" + path + "\" leads out of the tree");
        }
        return resolved;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
