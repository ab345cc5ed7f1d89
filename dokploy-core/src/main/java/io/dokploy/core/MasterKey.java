package io.dokploy.core;

import io.dokploy.api.error.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key under which the store encrypts its secrets: 32 bytes for AES-256. Never prints itself. Immutable.
 */
public final class MasterKey {

    /** How many bytes a key has. */
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private final String fingerprint;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
        this.fingerprint = fingerprintOf(bytes);
    }

    /**
     * The key of those bytes.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if there are not {@value #LENGTH}
     */
    public static MasterKey of(byte[] bytes) {
        Problems.of("master key")
                .require(bytes.length == LENGTH, "bytes", "must be " + LENGTH + " but are " + bytes.length)
                .throwIfAny();
        return new MasterKey(bytes.clone());
    }

    /**
     * The key of that Base64 text; space around it does not count.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if it is not Base64 of {@value #LENGTH} bytes
     */
    public static MasterKey ofBase64(String text) {
        try {
            return of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            Problems.of("master key").add("text", "is not Base64").throwIfAny();
            throw e;
        }
    }

    /** A new key. */
    public static MasterKey random(SecureRandom random) {
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** A copy of the key itself. Each call is a place to look at in a review. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** Names the key without telling it: 16 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    /** Its fingerprint, never the key. */
    @Override
    public String toString() {
        return "MasterKey[" + fingerprint + "]";
    }

    private static String fingerprintOf(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("io.dokploy master key\n".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
