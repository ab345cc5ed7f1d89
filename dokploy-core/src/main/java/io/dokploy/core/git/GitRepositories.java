package io.dokploy.core.git;

import io.dokploy.api.source.GitRef;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.FS;

/**
 * Git repositories as sources. All that is kept lies below one directory, which several instances and several JVMs may
 * share. Thread-safe; a call blocks until it is done, cancelled, or the network's timeout is over.
 */
public final class GitRepositories {

    private final Path root;
    private final CacheFolders caches;
    private final HttpSettings http;
    private final SeenHostKeys hostKeys = new SeenHostKeys();
    private final TreeLimits limits;

    /** Keeps its caches below {@code directory}, which is made when it is needed. */
    public GitRepositories(Path directory, HttpSettings http, TreeLimits limits) {
        this.root = directory.toAbsolutePath();
        this.caches = new CacheFolders(root.resolve("repositories"), limits.totalBytes());
        this.http = http;
        this.limits = limits;
    }

    /**
     * Fetches what is missing and checks it out.
     *
     * @param wanted an exact commit instead of what the source's ref points to now
     */
    public GitCheckout checkout(GitSource source, Optional<String> wanted, Progress progress, CancelToken cancel) {
        try {
            var access = access(source);
            for (boolean again = false; ; again = true) {
                var parts = new SourceParts(caches, source, progress, cancel);
                var commit = parts.fetch(access, wanted);
                var checkout = Checkout.take(root.resolve("trees").resolve(treeFolder(source)));
                try {
                    checkout.update(parts.parts(), caches, limits, progress, cancel);
                    return new GitCheckout(checkout, hash(parts.parts()), commit);
                } catch (IOException | RuntimeException e) {
                    checkout.clear();
                    checkout.close();
                    cancel.throwIfCancelled();
                    if (again || !CacheFolders.isBroken(e)) {
                        throw e;
                    }
                    progress.line("The cached repository is broken (" + e.getMessage() + "); it is fetched again.");
                    for (var part : parts.parts()) {
                        caches.delete(part.folder(), cancel);
                    }
                }
            }
        } catch (IOException e) {
            throw CacheFolders.failed(e);
        }
    }

    /** The commit that the source's ref points to now; empty if there is no such ref. Fetches nothing. */
    public Optional<String> resolve(GitSource source, CancelToken cancel) {
        if (source.ref().kind() == GitRef.Kind.COMMIT) {
            return Optional.of(source.ref().name());
        }
        try (var empty = nothing()) {
            return Optional.of(CachedRemote.resolve(empty, access(source), source.ref(), cancel)
                    .name());
        } catch (IOException e) {
            throw CacheFolders.failed(e);
        }
    }

    /** Whether {@code newer} comes after {@code older}, as far as the cache knows both; false if it does not. */
    public boolean isAncestor(GitSource source, String older, String newer) {
        String folder = GitAddress.of(source.url()).folderName();
        return caches.healing(folder, Progress.none(), CancelToken.never(), repository -> {
            try (var walk = new RevWalk(repository)) {
                walk.setRetainBody(false);
                return walk.isMergedInto(
                        walk.parseCommit(ObjectId.fromString(older)), walk.parseCommit(ObjectId.fromString(newer)));
            } catch (MissingObjectException e) {
                return false;
            }
        });
    }

    private RemoteAccess access(GitSource source) throws IOException {
        Path home = root.resolve("home");
        if (!Files.isDirectory(home)) {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(home);
        }
        return new RemoteAccess(GitAddress.of(source.url()), source.credentials(), http, hostKeys, home);
    }

    private static InMemoryRepository nothing() throws IOException {
        return new InMemoryRepository.Builder()
                .setRepositoryDescription(new DfsRepositoryDescription("nothing"))
                .setFS(FS.DETECTED)
                .build();
    }

    private static String treeFolder(GitSource source) {
        return GitAddress.hash(source.url() + "\n" + source.subdirectory().orElse("") + "\n" + source.submodules());
    }

    /**
     * A tree's id covers all below it: a submodule by its commit, an LFS file by the hash in its pointer. It says nothing
     * of the commit, so two commits with the same files have the same hash. Which submodules are fetched does not follow
     * from the tree of a subdirectory, so they are named.
     */
    private static String hash(List<TreePart> parts) {
        String tree = parts.get(0).tree().name();
        if (parts.size() == 1) {
            return "git-" + tree;
        }
        return "git-" + tree + "-"
                + GitAddress.hash(parts.stream().skip(1).map(TreePart::content).collect(Collectors.joining("\n")));
    }
}
