package io.dokploy.database.postgres;

import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL keeps of a password (RFC 5803 and 7677): {@code SCRAM-SHA-256$4096:salt$StoredKey:ServerKey}. Sent
 * instead of the password, so that a server that logs its statements does not log that.
 */
final class ScramVerifier {

    private static final int ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    private final SecureRandom random = new SecureRandom();

    String of(Secret password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(password, salt);
    }

    String of(Secret password, byte[] salt) {
        try {
            // Programs that log in do the same to what was typed (SASLprep).
            var text = Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(text.toCharArray(), salt, ITERATIONS, KEY_BITS))
                    .getEncoded();
            var stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
            var base64 = Base64.getEncoder();
            return "SCRAM-SHA-256$" + ITERATIONS + ":" + base64.encodeToString(salt) + "$"
                    + base64.encodeToString(stored) + ":" + base64.encodeToString(hmac(salted, "Server Key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has PBKDF2 and HMAC with SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
