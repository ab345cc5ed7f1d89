package io.dokploy.core.store;

import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who this store is, and the secret from which versions of secrets are computed. The secret is encrypted with the
 * store's key, so reading it proves the key.
 *
 * @param name   10 lower case letters and digits
 * @param secret of this store; stays when the key changes
 */
record Identity(String name, Secret secret) {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NAME_LENGTH = 10;
    private static final int SECRET_BYTES = 32;

    /** Reads it, or makes it on the first start. */
    static Identity load(
            Database database, ValueJson json, TextCipher cipher, KeyProvider keys, SecureRandom random, Clock clock) {
        Optional<Stored> stored = read(database);
        if (stored.isEmpty()) {
            insert(database, json.store(secret(random)), name(random), cipher.fingerprint(), clock);
            stored = read(database);
        }
        Stored found = stored.orElseThrow();
        requireKey(found, keys);
        return new Identity(found.name(), json.restore(found.secret(), Secret.class));
    }

    /**
     * Checks the key before anything is changed.
     *
     * @throws WrongKeyException if there is a store that is encrypted with another key
     */
    static void requireKey(Database database, KeyProvider keys) {
        try {
            read(database).ifPresent(stored -> requireKey(stored, keys));
        } catch (StoreUnavailableException e) {
            if (!Sql.isMissingTable(e)) {
                throw e;
            }
        }
    }

    private static void requireKey(Stored stored, KeyProvider keys) {
        if (keys.byFingerprint(stored.fingerprint()).isEmpty()) {
            throw new WrongKeyException(
                    "store",
                    "it is encrypted with the key " + stored.fingerprint() + ", but the given one is "
                            + keys.current().fingerprint(),
                    "Give the key that the store was made with; nothing was changed.");
        }
    }

    /** The version of a secret: the same for the same text in this store, and says nothing about it. */
    String version(Secret value) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }

    private static Optional<Stored> read(Database database) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_instance WHERE id = 1")
                .map((row, context) -> new Stored(
                        row.getString("instance"), row.getString("key_fingerprint"), row.getString("secret_json")))
                .findOne());
    }

    /** Inserts nothing if somebody else makes it at the same time. */
    private static void insert(Database database, String secret, String name, String fingerprint, Clock clock) {
        database.insertOnce(handle -> handle.createUpdate("INSERT INTO dokploy_instance (id, instance,"
                        + " key_fingerprint, secret_json, created)"
                        + " SELECT 1, CAST(:instance AS VARCHAR), CAST(:fingerprint AS VARCHAR),"
                        + " CAST(:secret AS VARCHAR), CAST(:created AS TIMESTAMP WITH TIME ZONE)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM dokploy_instance)")
                .bind("instance", name)
                .bind("fingerprint", fingerprint)
                .bind("secret", secret)
                .bind("created", Sql.time(Sql.now(clock)))
                .execute());
    }

    private static String name(SecureRandom random) {
        return random.ints(NAME_LENGTH, 0, DIGITS.length())
                .mapToObj(i -> String.valueOf(DIGITS.charAt(i)))
                .collect(java.util.stream.Collectors.joining());
    }

    private static Secret secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    private record Stored(String name, String fingerprint, String secret) {}
}
