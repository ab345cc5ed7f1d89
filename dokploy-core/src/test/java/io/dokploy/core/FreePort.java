package io.dokploy.core;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback for tests: below the range that the kernel takes for outgoing connections, which load tests use up. */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 19_000;

    private FreePort() {}

    /** One that nobody has now, chosen by chance, so that tests beside each other do not choose the same. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException e) {
                continue; // taken
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
