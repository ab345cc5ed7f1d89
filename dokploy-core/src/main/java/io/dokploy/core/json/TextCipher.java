package io.dokploy.core.json;

import io.dokploy.api.error.WrongKeyException;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts with AES-256-GCM. A result reads {@code v1:<fingerprint of the key>:<Base64 of nonce and cipher text>};
 * version and fingerprint are authenticated with it. Thread-safe.
 */
public final class TextCipher {

    private static final String VERSION = "v1";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    // A quote inside a JSON string is escaped, so no text of a user can look like this member.
    private static final Pattern STORED =
            Pattern.compile("(?<=\"\\$(?:secret|text)\":\")" + VERSION + ":([0-9a-f]{16}):[A-Za-z0-9_-]+(?=\")");

    private final SecureRandom random;
    private final KeyProvider keys;

    /** A cipher with those keys, which are asked each time: a new current key is used at once. */
    public TextCipher(KeyProvider keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** The fingerprint of the key in use. */
    public String fingerprint() {
        return keys.current().fingerprint();
    }

    /** Hides a text. */
    public String encrypt(String clear) {
        MasterKey key = keys.current();
        String header = VERSION + ":" + key.fingerprint() + ":";
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] hidden =
                    cipher(Cipher.ENCRYPT_MODE, key, header, nonce).doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
            return header + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /**
     * Brings a text back.
     *
     * @throws WrongKeyException if its key is not there or not the right one
     */
    public String decrypt(String form) {
        String[] parts = form.split(":", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("is not in the encrypted form of this version");
        }
        MasterKey key = keys.byFingerprint(parts[1])
                .orElseThrow(() -> new WrongKeyException(
                        "key " + parts[1],
                        "values in the store are encrypted with it, but the key provider does not have it",
                        "Let the key provider return that key by its fingerprint."));
        try {
            byte[] all = Base64.getUrlDecoder().decode(parts[2]);
            if (all.length < NONCE) {
                throw new IllegalArgumentException("is too short for an encrypted value");
            }
            var nonce = java.util.Arrays.copyOf(all, NONCE);
            byte[] clear = cipher(Cipher.DECRYPT_MODE, key, VERSION + ":" + parts[1] + ":", nonce)
                    .doFinal(all, NONCE, all.length - NONCE);
            return new String(clear, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongKeyException(
                    "key " + parts[1],
                    "a value in the store cannot be decrypted with it: it was changed, or the key is another one",
                    "Restore the database and the key that belong together.",
                    e);
        }
    }

    /** The same JSON with all its values encrypted with the key in use; the same text if they are already. */
    public String renew(String json) {
        String current = fingerprint();
        return STORED.matcher(json).replaceAll(match -> renew(match, current));
    }

    private String renew(MatchResult match, String current) {
        return match.group(1).equals(current) ? match.group() : encrypt(decrypt(match.group()));
    }

    private static Cipher cipher(int mode, MasterKey key, String header, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.reveal(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
