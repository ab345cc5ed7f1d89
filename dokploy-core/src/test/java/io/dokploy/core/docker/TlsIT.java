package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.FreePort;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An engine that listens on TCP with TLS and wants to see a client's certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final String BUSYBOX = "busybox:1.37";

    private final int port = FreePort.next();
    private final TestCertificates certificates = new TestCertificates();
    private Path directory = Path.of("");
    private SecondEngine second;

    @BeforeAll
    void startEngine(@TempDir Path temporary) throws Exception {
        directory = temporary;
        var own = certificates.issue(directory.resolve("engine"), "127.0.0.1");
        second = SecondEngine.start(
                        "tls",
                        "--",
                        "-H",
                        "tcp://127.0.0.1:" + port,
                        "--tlsverify",
                        "--tlscacert=" + own.resolve("ca.pem"),
                        "--tlscert=" + own.resolve("cert.pem"),
                        "--tlskey=" + own.resolve("key.pem"))
                .with(BUSYBOX);
    }

    @AfterAll
    void stopEngine() {
        second.close();
    }

    @Test
    void buildsRunAndStreamsEndOverTls() throws Exception {
        var client = certificates.issue(directory.resolve("client"), "127.0.0.1");
        try (var engine = connect(DockerEndpoint.tls("127.0.0.1", port, client))) {
            var context = Files.createDirectories(directory.resolve("context"));
            Files.writeString(context.resolve("Dockerfile"), "FROM " + BUSYBOX + "\nCMD [\"sleep\", \"600\"]\n");
            engine.build(ImageBuild.of(context, "tls:1"), Progress.none(), CancelToken.never());
            var container = engine.create(ContainerSpec.of("over-tls", "tls:1").build());
            engine.start(container);
            try (var session = engine.exec(container, ExecRequest.of("wc", "-c").withStdin())) {
                session.stdin().write("123456".getBytes(StandardCharsets.US_ASCII));
                session.stdin().close();
                assertThat(session.stdout().readAllBytes()).asString().isEqualTo("6\n");
                assertThat(session.awaitExit(Duration.ofSeconds(30))).isZero();
            }
            try (var logs = engine.logs(container, Optional.empty(), Optional.empty(), true)) {
                engine.remove(container);
                assertThat(logs.hasNext()).isFalse();
            }
        }
    }

    @Test
    void aStrangersCertificateIsRefusedWithTheReason() throws Exception {
        var stranger = new TestCertificates().issue(directory.resolve("stranger"), "127.0.0.1");
        Files.copy(
                directory.resolve("engine/ca.pem"),
                stranger.resolve("ca.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        // What is seen of it depends on which side is faster: a TLS alert, or the end of the connection.
        assertThatThrownBy(() -> connect(DockerEndpoint.tls("127.0.0.1", port, stranger)))
                .isInstanceOfAny(UserErrorException.class, EngineUnavailableException.class)
                .hasMessageContaining("cert.pem");
    }

    @Test
    void anEngineOfAnotherAuthorityIsNotTrusted() throws Exception {
        var other = new TestCertificates().issue(directory.resolve("other"), "127.0.0.1");
        assertThatThrownBy(() -> connect(DockerEndpoint.tls("127.0.0.1", port, other)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("ca.pem");
    }

    @Test
    void theEnginesCertificateMustBeForItsAddress() throws Exception {
        var client = certificates.issue(directory.resolve("by-name"), "127.0.0.1");
        assertThatThrownBy(() -> connect(DockerEndpoint.tls("localhost", port, client)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void withoutTlsItSaysThatTlsIsWanted() {
        assertThatThrownBy(() -> connect(DockerEndpoint.tcp("127.0.0.1", port)))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("TLS");
    }

    @Test
    void tlsWhereTheEngineSpeaksNoneIsSaid() throws Exception {
        var client = certificates.issue(directory.resolve("plain"), "127.0.0.1");
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> {
                try (var socket = plain.accept()) {
                    socket.getInputStream().read(new byte[64]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (java.io.IOException e) {
                    // Closed by the client: it has seen enough.
                }
            });
            thread.start();
            assertThatThrownBy(() -> connect(DockerEndpoint.tls("127.0.0.1", plain.getLocalPort(), client)))
                    .isInstanceOfAny(UserErrorException.class, EngineUnavailableException.class)
                    .hasMessageContaining("TLS");
            thread.join();
        }
    }

    private DockerEngine connect(DockerEndpoint endpoint) {
        return DockerEngine.connect(endpoint, DockerTools.installed(directory));
    }
}
