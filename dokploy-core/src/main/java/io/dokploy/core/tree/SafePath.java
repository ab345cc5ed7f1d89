package io.dokploy.core.tree;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a path that somebody else chose may be written below a directory: relative, no way up, and nothing that any
 * file system would take for {@code .git}. Any other name without control characters, in
 * any script, is allowed.
 */
public final class SafePath {

    private static final int LONGEST_SHOWN = 200;
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:[/\\\\].*", Pattern.DOTALL);

    /** What HFS+ ignores in names, so that {@code .g<U+200C>it} is {@code .git} there. */
    private static final Pattern IGNORED_BY_HFS =
            Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    private SafePath() {}

    /** Why {@code path} must not be written, or nothing if it may be. */
    public static Optional<String> problem(String path) {
        if (path.isEmpty()) {
            return Optional.of("is empty");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("holds a control character");
        }
        if (path.startsWith("/") || path.startsWith("\\") || DRIVE.matcher(path).matches()) {
            return Optional.of("is absolute");
        }
        for (String name : path.split("/", -1)) {
            var problem = nameProblem(name);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return path.length() > 3000 ? Optional.of("is longer than 3000 characters") : Optional.empty();
    }

    /** A path as it may stand in a message: what could move a terminal's cursor is replaced, what is long is cut. */
    public static String shown(String path) {
        String plain = path.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return path.codePointCount(0, path.length()) > LONGEST_SHOWN ? plain + "…" : plain;
    }

    private static Optional<String> nameProblem(String name) {
        if (name.isEmpty() || name.equals(".")) {
            return Optional.of("has an empty part");
        }
        for (String part : name.split("\\\\", -1)) {
            if (part.equals("..")) {
                return Optional.of("leads out of the tree");
            }
            if (looksLikeGitDirectory(part)) {
                return Optional.of("would be Git's own directory on some file system");
            }
        }
        return name.getBytes(StandardCharsets.UTF_8).length > 255
                ? Optional.of("has a name of more than 255 bytes")
                : Optional.empty();
    }

    private static boolean looksLikeGitDirectory(String name) {
        String plain = IGNORED_BY_HFS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        int stream = plain.indexOf(':');
        String withoutStream = stream < 0 ? plain : plain.substring(0, stream);
        String onWindows = withoutStream.replaceAll("[. ]+$", "");
        return onWindows.equals(".git") || onWindows.equals("git~1");
    }
}
