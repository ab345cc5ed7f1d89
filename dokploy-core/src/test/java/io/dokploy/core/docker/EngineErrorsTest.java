package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.EngineVersionException;
import io.dokploy.api.error.UserErrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the way to an engine shows when it is connected to, with what to do. */
class EngineErrorsTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void aMissingSocketIsNamed() {
        var socket = directory.resolve("none.sock");
        assertThatThrownBy(() -> connect(DockerEndpoint.unix(socket)))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining(socket.toString())
                .hasMessageContaining("no such socket")
                .hasMessageContaining("Start the Docker Engine");
    }

    @Test
    void aSocketThatNobodyListensToIsRefused() throws Exception {
        var socket = directory.resolve("dead.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        assertThatThrownBy(() -> connect(DockerEndpoint.unix(socket)))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("nothing listens there");
    }

    @Test
    void aPortThatNobodyListensToIsRefused() throws Exception {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThatThrownBy(() -> connect(DockerEndpoint.tcp("127.0.0.1", port)))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("tcp://127.0.0.1:" + port)
                .hasMessageContaining("nothing listens there");
    }

    @Test
    void aSocketThatThisUserMayNotUseNamesTheGroup() throws Exception {
        var socket = Files.createFile(directory.resolve("docker.sock"));
        // The tests may run as root, whom no socket refuses: this is what the JDK throws for everybody else.
        var refused = new IOException("Permission denied");
        assertThat(EngineErrors.unanswered("version", DockerEndpoint.unix(socket), refused))
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("may not use the socket")
                .hasMessageContaining("docker");
    }

    @Test
    void tooOldADaemonSaysWhatToInstall() throws Exception {
        try (var engine = new AnsweringServer(
                json("{\"Version\":\"19.03.15\",\"ApiVersion\":\"1.40\",\"MinAPIVersion\":\"1.12\"}"))) {
            assertThatThrownBy(() -> connect(engine.endpoint()))
                    .isInstanceOf(EngineVersionException.class)
                    .hasMessageContaining("19.03.15")
                    .hasMessageContaining("Install Docker 20.10 or newer");
        }
    }

    @Test
    void whatIsNoEngineIsSaidToBeNone() throws Exception {
        for (var answer : new String[] {json("<html>"), "SSH-2.0-OpenSSH_9.2\r\n", ""}) {
            try (var other = new AnsweringServer(answer)) {
                assertThatThrownBy(() -> connect(other.endpoint()))
                        .as("answer '%s'", answer)
                        .isInstanceOf(EngineUnavailableException.class)
                        .hasMessageContaining(other.endpoint().uri().toString());
            }
        }
    }

    @Test
    void certificatesThatCannotBeReadAreNamed() {
        assertThatThrownBy(() -> connect(DockerEndpoint.tls("127.0.0.1", 2376, directory)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("ca.pem");
    }

    @Test
    void aRefusalThatHoldsNoJsonIsPassedOn() throws Exception {
        try (var engine = new AnsweringServer("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                + "Client sent an HTTP request to an HTTPS server.\n")) {
            assertThatThrownBy(() -> connect(engine.endpoint()))
                    .hasMessageContaining("Client sent an HTTP request to an HTTPS server");
        }
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + body;
    }

    private void connect(DockerEndpoint endpoint) {
        DockerEngine.connect(endpoint, DockerTools.installed(directory)).close();
    }

    /** Gives whoever connects the same answer. */
    private static final class AnsweringServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final Thread thread;

        AnsweringServer(String answer) throws IOException {
            thread = new Thread(() -> answer(answer));
            thread.setDaemon(true);
            thread.start();
        }

        private void answer(String answer) {
            try {
                while (!server.isClosed()) {
                    try (var socket = server.accept()) {
                        socket.getInputStream().read(new byte[8192]);
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        DockerEndpoint endpoint() {
            return DockerEndpoint.tcp("127.0.0.1", server.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
