package io.dokploy.core.traefik;

import io.dokploy.api.error.RouterSetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The port of loopback on which a managed Traefik is asked. A free one is chosen once and kept in a file, so that
 * Traefik is not made anew for another one. Thread-safe.
 */
final class PrivatePort {

    /** Below the range that the kernel takes for outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private final Path file;
    private final int fixed;

    /** That port, or for 0 the one in {@code file}. */
    PrivatePort(Path file, int fixed) {
        this.file = file;
        this.fixed = fixed;
    }

    synchronized int number() {
        if (fixed != 0) {
            return fixed;
        }
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return choose();
        } catch (IOException | NumberFormatException e) {
            throw new RouterSetupException("file " + file, "it cannot be read: " + e, "Delete it.", e);
        }
    }

    /** It turned out not to be free. */
    synchronized void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RouterSetupException("file " + file, "it cannot be deleted: " + e, "Delete it.", e);
        }
    }

    private int choose() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            int port = free();
            Files.writeString(file, port + "\n");
            return port;
        } catch (IOException e) {
            throw new RouterSetupException(
                    "file " + file, "it cannot be written: " + e, "Let the user of this program write there.", e);
        }
    }

    private static int free() throws IOException {
        int start = FIRST + (int) (System.nanoTime() % (LAST - FIRST) + LAST - FIRST) % (LAST - FIRST);
        for (int i = 0; i < LAST - FIRST; i++) {
            int port = FIRST + (start - FIRST + i) % (LAST - FIRST);
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (java.net.BindException e) {
                continue; // taken
            }
        }
        throw new IOException("no port from " + FIRST + " to " + LAST + " is free");
    }
}
