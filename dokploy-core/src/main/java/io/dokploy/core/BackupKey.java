package io.dokploy.core;

import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of backups: an X25519 identity of <a href="https://age-encryption.org/v1">age</a>, so that the {@code age}
 * program can read a backup where this library is not at hand. Whoever loses it has lost the backups that are encrypted
 * for it. Never prints itself. Immutable.
 */
public final class BackupKey {

    private final Secret identity;
    private final String recipient;

    private BackupKey(Secret identity, String recipient) {
        this.identity = identity;
        this.recipient = recipient;
    }

    /**
     * The key of that identity, as {@code age-keygen} prints it.
     *
     * @param identity {@code AGE-SECRET-KEY-1…}
     * @throws io.dokploy.api.error.InvalidSpecException if it is none
     */
    public static BackupKey of(Secret identity) {
        try {
            var encoded = new SecretKeySpec(identity.reveal().getBytes(StandardCharsets.US_ASCII), "X25519");
            return new BackupKey(
                    identity, new X25519KeyFactory().translateKey(encoded).toString());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            Problems.of("backup key")
                    .add("identity", "is not an age identity, which begins with AGE-SECRET-KEY-1")
                    .throwIfAny();
            throw new IllegalStateException(e);
        }
    }

    /** A new key. Keep it in a place that is not lost together with the data. */
    public static BackupKey generate() {
        try {
            var pair = new X25519KeyPairGenerator().generateKeyPair();
            return new BackupKey(
                    Secret.of(new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII)),
                    pair.getPublic().toString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform from 11 on has X25519", e);
        }
    }

    /** What decrypts. */
    public Secret identity() {
        return identity;
    }

    /** What encrypts, and names the key: {@code age1…}. No secret. */
    public String recipient() {
        return recipient;
    }

    /** Its recipient, never the key. */
    @Override
    public String toString() {
        return "BackupKey[" + recipient + "]";
    }
}
