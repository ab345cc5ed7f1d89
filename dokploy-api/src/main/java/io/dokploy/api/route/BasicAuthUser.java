package io.dokploy.api.route;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;

/**
 * Who may enter a protected domain. The router gets a bcrypt hash of the password only.
 *
 * @param username without colon
 * @param password at most 72 bytes, the limit of bcrypt
 */
public record BasicAuthUser(String username, Secret password) {
    public BasicAuthUser {
        int length = password.reveal().getBytes(StandardCharsets.UTF_8).length;
        Problems.of("basic auth user")
                .require(
                        !username.isBlank()
                                && username.indexOf(':') < 0
                                && username.chars().noneMatch(Character::isISOControl)
                                && StandardCharsets.UTF_8.newEncoder().canEncode(username),
                        "username",
                        "must be text that is not blank, without colon and control characters")
                .require(length >= 1 && length <= 72, "password", "must be 1 to 72 bytes")
                .throwIfAny();
    }
}
