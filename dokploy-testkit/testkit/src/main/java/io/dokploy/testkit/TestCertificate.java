package io.dokploy.testkit;

import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate that the JDK's keytool makes. */
final class TestCertificate {

    private static final String PASSWORD = "of-a-key-store";

    private TestCertificate() {}

    static Tls.Own of(String host) throws IOException, InterruptedException, GeneralSecurityException {
        var directory = Files.createTempDirectory("testkit-certificate");
        var file = directory.resolve("server.p12");
        try {
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "server",
                            "-dname",
                            "CN=testkit",
                            "-ext",
                            "san=dns:" + host,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + output);
            }
            var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return Tls.certificate(
                    pem("CERTIFICATE", store.getCertificate("server").getEncoded()),
                    Secret.of(pem(
                            "PRIVATE KEY",
                            store.getKey("server", PASSWORD.toCharArray()).getEncoded())));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static String pem(String kind, byte[] content) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
