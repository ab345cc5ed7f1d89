package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/**
 * What of a repository to deploy.
 *
 * @param kind how to read {@code name}
 * @param name the branch, tag or commit; {@code HEAD} for the default branch
 */
public record GitRef(Kind kind, String name) {

    /** How the name of a ref is read. */
    public enum Kind {
        /** The branch that the remote's HEAD points to. */
        DEFAULT_BRANCH,
        /** The tip of a branch. */
        BRANCH,
        /** A tag. */
        TAG,
        /** An exact commit. */
        COMMIT
    }

    // git check-ref-format: no control characters, space, ~ ^ : ? * [ \, no "..", "@{", "//", no leading "-" or "/".
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|^[-/.]|/\\.|[/.]$|\\.lock(/|$)|^@$");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public GitRef {
        var problems = Problems.of("git ref");
        if (kind == Kind.COMMIT) {
            problems.require(COMMIT.matcher(name).matches(), "commit", "must be 40 or 64 hexadecimal digits");
        } else {
            problems.require(
                    !name.isEmpty()
                            && name.length() <= 250
                            && !FORBIDDEN.matcher(name).find(),
                    kind == Kind.TAG ? "tag" : "branch",
                    "is not a name that Git allows");
        }
        problems.throwIfAny();
    }

    /** Whatever the remote's HEAD points to. */
    public static GitRef defaultBranch() {
        return new GitRef(Kind.DEFAULT_BRANCH, "HEAD");
    }

    /** The tip of a branch. */
    public static GitRef branch(String name) {
        return new GitRef(Kind.BRANCH, name);
    }

    /** A tag. */
    public static GitRef tag(String name) {
        return new GitRef(Kind.TAG, name);
    }

    /** An exact commit. */
    public static GitRef commit(String id) {
        return new GitRef(Kind.COMMIT, id);
    }

    /** For people: {@code branch main}. */
    public String describe() {
        return switch (kind) {
            case DEFAULT_BRANCH -> "default branch";
            case BRANCH -> "branch " + name;
            case TAG -> "tag " + name;
            case COMMIT -> "commit " + name;
        };
    }
}
