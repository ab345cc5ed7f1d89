package io.dokploy.api.value;

import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/**
 * The rule for names that people choose and that end up in container names, network names and DNS: lower case letters,
 * digits and dashes, 2 to 40 characters, beginning and ending with a letter or digit (a DNS label, RFC 1123, shortened
 * so that suffixes fit).
 */
public final class ResourceName {

    /** The rule in words, for error messages. */
    public static final String RULE =
            "must be 2 to 40 lower case letters, digits or dashes, and begin and end with a letter or digit";

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]");

    private ResourceName() {}

    /** True if {@code name} keeps the rule. */
    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /** Notes a problem for {@code field} if {@code name} breaks the rule. */
    public static void check(Problems problems, String field, String name) {
        problems.require(isValid(name), field, RULE + ", but is \"" + shorten(name) + "\"");
    }

    private static String shorten(String name) {
        String printable = name.codePoints()
                .limit(60)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() < name.length() ? printable + "…" : printable;
    }
}
