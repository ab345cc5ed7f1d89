package io.dokploy.database.mariadb;

import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What MariaDB keeps of a password where the server is not asked for another plugin: a hash of its hash. */
final class NativePassword {

    private NativePassword() {}

    static String hash(Secret password) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.reveal().getBytes(StandardCharsets.UTF_8));
            return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
