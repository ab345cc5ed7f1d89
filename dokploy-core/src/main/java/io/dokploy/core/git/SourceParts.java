package io.dokploy.core.git;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.release.Release;
import io.dokploy.api.source.GitRef;
import io.dokploy.api.source.GitSource;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Fetches a repository and its submodules, one after the other, and says which trees make up the source. The lock of one
 * repository is let go before that of a submodule is taken, so two that contain each other cannot wait for each other.
 */
final class SourceParts {

    private static final int DEEPEST = 10;
    private static final int MOST = 500;

    private final CacheFolders folders;
    private final GitSource source;
    private final Progress progress;
    private final CancelToken cancel;
    private final String subject;
    private final List<TreePart> parts = new ArrayList<>();

    SourceParts(CacheFolders folders, GitSource source, Progress progress, CancelToken cancel) {
        this.folders = folders;
        this.source = source;
        this.progress = progress;
        this.cancel = cancel;
        this.subject = "repository " + source.url();
    }

    private record Found(ObjectId tree, Release.Commit commit, List<Submodules.Submodule> submodules) {}

    /** Fetches all that is not here; afterwards {@link #parts()} are known. */
    Release.Commit fetch(RemoteAccess access, Optional<String> wanted) {
        String within = source.subdirectory().map(SourceParts::trimmed).orElse("");
        String folder = access.address().folderName();
        Found found = folders.healing(folder, progress, cancel, repository -> {
            var remote = new CachedRemote(repository, access, progress, cancel);
            ObjectId commit = fetch(remote, wanted);
            return inspect(repository, commit, within, source.submodules());
        });
        parts.add(new TreePart(folder, found.tree(), "", access));
        addSubmodules(found, access, within, "", 1);
        return found.commit();
    }

    /** The repository's own tree first. */
    List<TreePart> parts() {
        return List.copyOf(parts);
    }

    private ObjectId fetch(CachedRemote remote, Optional<String> wanted) throws IOException {
        if (wanted.isPresent()) {
            boolean named = source.ref().kind() == GitRef.Kind.COMMIT;
            return remote.fetchCommit(wanted.get(), named ? Optional.empty() : Optional.of(source.ref()));
        }
        return source.ref().kind() == GitRef.Kind.COMMIT
                ? remote.fetchCommit(source.ref().name(), Optional.empty())
                : remote.fetchRef(source.ref());
    }

    private void addSubmodules(Found parent, RemoteAccess access, String within, String at, int depth) {
        for (var submodule : parent.submodules()) {
            String inCheckout =
                    within.isEmpty() ? submodule.path() : submodule.path().substring(within.length() + 1);
            String path = at.isEmpty() ? inCheckout : at + "/" + inCheckout;
            if (depth > DEEPEST || parts.size() > MOST) {
                throw new UnsafeSourceException(
                        subject, "its submodules are too many or too deep, at " + path, "Build without submodules.");
            }
            var theirs = access.submodule(access.address().submodule(submodule.address()));
            progress.line("Submodule " + path + " from " + theirs.address().url());
            String folder = theirs.address().folderName();
            Found found = folders.healing(folder, progress, cancel, repository -> {
                var remote = new CachedRemote(repository, theirs, progress, cancel);
                return inspect(repository, remote.fetchCommit(submodule.commit(), Optional.empty()), "", true);
            });
            parts.add(new TreePart(folder, found.tree(), path, theirs));
            addSubmodules(found, theirs, "", path, depth + 1);
        }
    }

    private Found inspect(CacheRepository repository, ObjectId id, String within, boolean submodules)
            throws IOException {
        try (var walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            ObjectId tree = within.isEmpty() ? commit.getTree().copy() : subdirectory(repository, commit, within);
            return new Found(
                    tree,
                    describe(commit),
                    submodules ? Submodules.of(repository, commit.getTree(), within, subject) : List.of());
        }
    }

    private ObjectId subdirectory(CacheRepository repository, RevCommit commit, String path) throws IOException {
        try (var walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            if (walk != null && FileMode.TREE.equals(walk.getRawMode(0))) {
                return walk.getObjectId(0).copy();
            }
        }
        List<String> names = new ArrayList<>();
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            while (walk.next() && names.size() < 30) {
                names.add(walk.getNameString() + (walk.isSubtree() ? "/" : ""));
            }
        }
        throw new SourceNotFoundException(
                subject,
                "there is no subdirectory " + path + " in commit "
                        + commit.abbreviate(10).name() + "; at the top are: " + String.join(", ", names),
                "Correct the subdirectory of the source.");
    }

    private static Release.Commit describe(RevCommit commit) {
        return new Release.Commit(
                commit.name(),
                commit.getShortMessage(),
                commit.getAuthorIdent().getName(),
                commit.getCommitterIdent().getWhenAsInstant());
    }

    private static String trimmed(String path) {
        return String.join(
                "/",
                java.util.Arrays.stream(path.split("/"))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList());
    }
}
