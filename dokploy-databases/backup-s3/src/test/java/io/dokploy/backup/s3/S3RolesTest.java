package io.dokploy.backup.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks for objects when a role is to be taken: a server that gives roles, and tells what it was asked for. */
class S3RolesTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/backup+dokploy";

    private final TestContext context = TestContext.create();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile boolean refuses;

    private record Asked(String method, String authorization, String token, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        context.close();
    }

    @Test
    void theKeysTakeTheRoleAndTheRoleAsks() throws IOException {
        assertThat(asking(settings()
                        .credentials("own-key-4711", Secret.of("own-secret-4711"))
                        .role(ROLE)))
                .isEmpty();
        assertThat(asked).hasSize(3);
        assertThat(asked.get(0).body())
                .contains("Action=AssumeRole&", "RoleArn=" + ROLE, "RoleSessionName=dokploy")
                .doesNotContain("own-secret-4711");
        assertThat(asked.get(0).authorization()).contains("Credential=own-key-4711/");
        assertThat(asked.subList(1, 3)).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("HEAD");
            assertThat(request.authorization()).contains("Credential=ASIAROLE/");
            assertThat(request.token()).isEqualTo("token-of-the-role");
        });
    }

    @Test
    void aRoleThatIsRefusedIsSaidWithWhatToDo() {
        refuses = true;
        assertThatThrownBy(() -> asking(settings()
                        .credentials("own-key-4711", Secret.of("own-secret-4711"))
                        .role(ROLE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the role that these credentials are to take is refused")
                .hasMessageContaining("403 AccessDenied, not you")
                .hasMessageContaining("correct the role")
                .hasMessageNotContaining("own-secret-4711");
        assertThat(asked).hasSize(1);
    }

    private Optional<StoredObject> asking(S3Settings.Builder settings) throws IOException {
        try (Store store = new S3Target().open(settings.build().toDocument(), context)) {
            return store.find("shop/data");
        }
    }

    private S3Settings.Builder settings() {
        return S3Settings.bucket("backups").endpoint(endpoint()).attempts(1);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var body = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    String.valueOf(headers.getFirst("Authorization")),
                    String.valueOf(headers.getFirst("X-Amz-Security-Token")),
                    body));
            if (exchange.getRequestMethod().equals("POST")) {
                var answer = (refuses ? REFUSED : GIVEN).getBytes(UTF_8);
                exchange.sendResponseHeaders(refuses ? 403 : 200, answer.length);
                exchange.getResponseBody().write(answer);
            } else {
                boolean isObject = exchange.getRequestURI().getPath().endsWith("data");
                exchange.sendResponseHeaders(isObject ? 404 : 200, -1);
            }
        }
    }

    private static final String GIVEN = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret-of-the-role</SecretAccessKey>
            <SessionToken>token-of-the-role</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """;

    private static final String REFUSED = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>
            """;
}
