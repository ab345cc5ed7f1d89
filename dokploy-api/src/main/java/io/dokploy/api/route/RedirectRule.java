package io.dokploy.api.route;

import io.dokploy.api.error.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Redirects addresses that match. The expression is read by the router (Go's RE2 syntax) and sees the whole URL.
 *
 * @param regex       what to look for
 * @param replacement where to; {@code ${1}} stands for the first group
 * @param permanent   whether browsers may remember it
 */
public record RedirectRule(String regex, String replacement, boolean permanent) {
    public RedirectRule {
        Objects.requireNonNull(replacement, "replacement");
        var problems = Problems.of("redirect rule");
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            problems.add("regex", "is not a regular expression: " + e.getDescription());
        }
        problems.require(isText(regex), "regex", "must be text without control characters");
        problems.require(
                !replacement.isBlank() && isText(replacement),
                "replacement",
                "must be text that is not blank, without control characters");
        problems.throwIfAny();
    }

    /** Half a character (a lone surrogate) is no text: nobody could write it down. */
    private static boolean isText(String value) {
        return value.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }
}
