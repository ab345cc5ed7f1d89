package io.dokploy.database.mysql.support;

import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The password of root, who exists for the image's first start and can do no more than the database's user: made from
 * theirs, so that there is nothing more to keep, and of characters that need no quoting anywhere.
 */
final class RootPassword {

    private RootPassword() {}

    static Secret of(Secret password) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("dokploy root\n".getBytes(StandardCharsets.UTF_8));
            return Secret.of(
                    HexFormat.of().formatHex(digest.digest(password.reveal().getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
