package io.dokploy.database.redis;

import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The text of Redis' file of users. It holds hashes of passwords, no password. */
final class Users {

    private static final String EVERYTHING = "~* &* +@all";

    private Users() {}

    /** The user of the spec under their name and as the default user, for clients that know no users; then the others. */
    static Secret of(Login login, RedisSettings settings) {
        var text = new StringBuilder(line("default", login.password(), EVERYTHING));
        if (!login.user().equals("default")) {
            text.append(line(login.user(), login.password(), EVERYTHING));
        }
        settings.rules().forEach((user, rules) -> text.append(line(user, settings.password(user), rules)));
        return Secret.of(text.toString());
    }

    /** The rule that lets in whoever knows that password. */
    static Secret hash(Secret password) {
        return Secret.of("#" + sha256(password));
    }

    private static String line(String user, Secret password, String rules) {
        return "user " + user + " on " + hash(password).reveal() + " " + rules + "\n";
    }

    private static String sha256(Secret password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
