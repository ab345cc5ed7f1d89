package io.dokploy.core.docker;

import io.dokploy.api.ExecRequest;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A program of its own, so that its heap can be small: sends that many megabytes through {@code cat} and compares. */
final class PassThrough {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final byte[] BLOCK = block();

    private PassThrough() {}

    public static void main(String[] arguments) throws Exception {
        var tools = DockerTools.installed(Path.of(System.getProperty("java.io.tmpdir")));
        int megabytes = Integer.parseInt(arguments[1]);
        try (var engine = DockerEngine.connect(DockerEndpoint.local(), tools);
                var session = engine.exec(arguments[0], ExecRequest.of("cat").withStdin())) {
            var writing = CompletableFuture.runAsync(() -> {
                try (var stdin = session.stdin()) {
                    write(stdin, megabytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            System.out.println("bytes=" + compare(session.stdout()));
            writing.get();
            System.exit(session.awaitExit(PATIENCE));
        }
    }

    /** Feeds {@code wc -c}, which must have counted all of it. */
    static void count(ContainerEngine engine, String container, int megabytes) throws IOException {
        try (var session = engine.exec(container, ExecRequest.of("wc", "-c").withStdin())) {
            try (var stdin = session.stdin()) {
                write(stdin, megabytes);
            }
            var counted = new String(session.stdout().readAllBytes(), StandardCharsets.US_ASCII);
            if (!counted.equals(((long) megabytes << 20) + "\n") || session.awaitExit(PATIENCE) != 0) {
                throw new IllegalStateException("it counted " + counted);
            }
        }
    }

    static void write(OutputStream stdin, int megabytes) throws IOException {
        for (int i = 0; i < megabytes; i++) {
            stdin.write(BLOCK);
        }
    }

    private static long compare(InputStream stdout) throws IOException {
        long count = 0;
        for (byte[] read = stdout.readNBytes(BLOCK.length); read.length > 0; read = stdout.readNBytes(BLOCK.length)) {
            if (!Arrays.equals(read, 0, read.length, BLOCK, 0, read.length)) {
                throw new IllegalStateException("other bytes came back after " + count);
            }
            count += read.length;
        }
        return count;
    }

    private static byte[] block() {
        var block = new byte[1 << 20];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 + i / 251);
        }
        return block;
    }
}
