package io.dokploy.core.traefik;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ResourceName;
import io.dokploy.spi.ApplicationRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names that stay the same from one publish to the next and never meet: {@code _} separates, because no name that
 * people choose may hold it.
 */
final class Names {

    /** Begins all that belongs to an instance. */
    static String prefix(String instance) {
        return hash(instance) + "_";
    }

    /** The file (without extension) and the beginning of all names of an application. */
    static String of(ApplicationRef application) {
        var problems = Problems.of("routes of " + application.subject());
        ResourceName.check(problems, "project", application.project());
        ResourceName.check(problems, "environment", application.environment());
        ResourceName.check(problems, "name", application.name());
        problems.throwIfAny();
        return prefix(application.instance()) + application.project() + "_" + application.environment() + "_"
                + application.name();
    }

    /** Eight characters that stand for a text. */
    static String hash(String text) {
        return digest(text).substring(0, 8);
    }

    /** SHA-256 in hex. */
    static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private Names() {}
}
