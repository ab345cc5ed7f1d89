package io.dokploy.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void anAuthorityOfOnesOwnIsTrustedIfItIsGiven() throws Exception {
        Path keys = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-keystore",
                keys,
                "-storepass",
                PASSWORD,
                "-alias",
                "s3",
                "-keyalg",
                "EC",
                "-dname",
                "CN=s3",
                "-ext",
                "SAN=ip:127.0.0.1");
        Path pem = folder.resolve("ca.pem");
        keytool("-exportcert", "-rfc", "-keystore", keys, "-storepass", PASSWORD, "-alias", "s3", "-file", pem);

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(418, -1);
            exchange.close();
        });
        server.start();
        try (TestContext context = TestContext.create()) {
            S3Settings.Builder settings = S3Settings.bucket("backups")
                    .endpoint(URI.create(
                            "https://127.0.0.1:" + server.getAddress().getPort()))
                    .credentials("access", Secret.of("secret"))
                    .attempts(1);
            assertThatThrownBy(() -> listed(settings, context))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be trusted")
                    .hasMessageContaining("certificateAuthority");

            settings.certificateAuthority(Files.readString(pem));
            assertThatThrownBy(() -> listed(settings, context)).hasMessageContaining("answered 418");
        } finally {
            server.stop(0);
        }
    }

    private static void listed(S3Settings.Builder settings, TestContext context) throws IOException {
        try (Store store = new S3Target().open(settings.build().toDocument(), context)) {
            store.list("", object -> {});
        }
    }

    private static void keytool(Object... arguments) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static SSLContext tls(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
