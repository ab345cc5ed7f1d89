package io.dokploy.api.route;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;

/**
 * Who may enter a protected domain. The router gets a bcrypt hash of the password only.
 *
 * @param username without colon
 * @param password at most 72 bytes, the limit of bcrypt
 */
public record BasicAuthUser(String username, Secret password) {
    public BasicAuthUser {
        int length = password.reveal().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        Problems.of("basic auth user")
                .require(
                        !username.isBlank()
                                && username.indexOf(':') < 0
                                && username.chars().noneMatch(Character::isISOControl),
                        "username",
                        "must not be blank and must not hold a colon or control characters")
                .require(length >= 1 && length <= 72, "password", "must be 1 to 72 bytes")
                .throwIfAny();
    }
}
