package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Git repository, at the tip of a branch, at a tag or at an exact commit.
 *
 * @param url          {@code https://}, {@code http://}, {@code ssh://}, {@code file://} or {@code user@host:path}; without credentials
 * @param ref          what to deploy; default: the repository's default branch
 * @param subdirectory the folder inside the repository that is built, default its root
 * @param submodules   whether submodules are fetched, default yes
 * @param credentials  how to get in, if the repository is not public
 * @param watchPaths   patterns as in .gitignore; reserved for webhooks, empty means everything
 */
public record GitSource(
        String url,
        GitRef ref,
        Optional<String> subdirectory,
        boolean submodules,
        Optional<GitCredentials> credentials,
        List<String> watchPaths)
        implements Source {

    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final String HOST = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final Pattern SCP_LIKE = Pattern.compile(USER + "@" + HOST + ":[^:/\\p{Cntrl}-][^\\p{Cntrl}]*");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:" + USER + "@)?(?:\\[[0-9A-Fa-f:.]+]|" + HOST + ")(?::[0-9]{1,5})?");

    public GitSource {
        Objects.requireNonNull(url, "url");
        watchPaths = List.copyOf(watchPaths);
        var problems = Problems.of("git source");
        checkUrl(problems, url);
        subdirectory.ifPresent(dir -> problems.require(
                isInside(dir),
                "subdirectory",
                "must be a relative path inside the repository, but is \"" + dir + "\""));
        problems.throwIfAny();
    }

    /** The default branch of the repository at {@code url}. */
    public static GitSource of(String url) {
        return new GitSource(url, GitRef.defaultBranch(), Optional.empty(), true, Optional.empty(), List.of());
    }

    /** The same at the tip of a branch. */
    public GitSource branch(String branch) {
        return withRef(GitRef.branch(branch));
    }

    /** The same at a tag. */
    public GitSource tag(String tag) {
        return withRef(GitRef.tag(tag));
    }

    /** The same at a commit, given as 40 or 64 hexadecimal digits. */
    public GitSource commit(String commit) {
        return withRef(GitRef.commit(commit));
    }

    /** The same, building only a folder of it. */
    public GitSource subdirectory(String directory) {
        return new GitSource(url, ref, Optional.of(directory), submodules, credentials, watchPaths);
    }

    /** The same without fetching submodules. */
    public GitSource withoutSubmodules() {
        return new GitSource(url, ref, subdirectory, false, credentials, watchPaths);
    }

    /** The same with credentials. */
    public GitSource credentials(GitCredentials newCredentials) {
        return new GitSource(url, ref, subdirectory, submodules, Optional.of(newCredentials), watchPaths);
    }

    /** The same with paths to watch. */
    public GitSource watchPaths(List<String> patterns) {
        return new GitSource(url, ref, subdirectory, submodules, credentials, patterns);
    }

    @Override
    public String describe() {
        return url + " " + ref.describe();
    }

    private GitSource withRef(GitRef newRef) {
        return new GitSource(url, newRef, subdirectory, submodules, credentials, watchPaths);
    }

    private static boolean isInside(String path) {
        return !path.isBlank()
                && !path.startsWith("/")
                && path.indexOf('\\') < 0
                && path.chars().noneMatch(Character::isISOControl)
                && Arrays.stream(path.split("/")).noneMatch(name -> name.equals("..") || name.equalsIgnoreCase(".git"));
    }

    private static void checkUrl(Problems problems, String url) {
        if (SCP_LIKE.matcher(url).matches() && !url.contains("://")) {
            return;
        }
        try {
            var uri = URI.create(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            if (!List.of("https", "http", "ssh", "file").contains(scheme)) {
                problems.add(
                        "url",
                        "must begin with https://, http://, ssh://, user@host: or, for a folder of this machine, file:///");
                return;
            }
            String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            String user = authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
            problems.require(
                    user.isEmpty() || scheme.equals("ssh") && !user.contains(":"),
                    "url",
                    "must not hold credentials; give them with credentials(…)");
            problems.require(
                    scheme.equals("file")
                            ? authority.isEmpty()
                            : AUTHORITY
                                            .matcher(authority.substring(authority.lastIndexOf('@') + 1))
                                            .matches()
                                    && !user.startsWith("-"),
                    "url",
                    scheme.equals("file") ? "must be file:///path, without a host" : "has no valid host");
            problems.require(
                    uri.getRawPath() != null && uri.getRawPath().startsWith("/"), "url", "names no repository");
            problems.require(
                    uri.getRawQuery() == null && uri.getRawFragment() == null,
                    "url",
                    "must not hold a query or a fragment");
        } catch (IllegalArgumentException e) {
            problems.add("url", "is not a URL");
        }
    }
}
