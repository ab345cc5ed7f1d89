package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.net.URI;
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

    private static final Pattern SCP_LIKE = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^:].*");

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
                && path.indexOf('\0') < 0
                && path.indexOf('\\') < 0
                && !List.of(path.split("/")).contains("..")
                && !List.of(path.split("/")).contains(".git");
    }

    private static void checkUrl(Problems problems, String url) {
        if (SCP_LIKE.matcher(url).matches() && !url.contains("://")) {
            return;
        }
        try {
            var uri = URI.create(url);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme();
            problems.require(
                    List.of("https", "http", "ssh", "file").contains(scheme),
                    "url",
                    "must begin with https://, http://, ssh://, file:// or user@host:");
            String user = uri.getUserInfo();
            problems.require(
                    user == null || scheme.equals("ssh") && !user.contains(":"),
                    "url",
                    "must not hold credentials; give them with credentials(…)");
        } catch (IllegalArgumentException e) {
            problems.add("url", "is not a URL");
        }
    }
}
