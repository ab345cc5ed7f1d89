package io.dokploy.core.source;

import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.git.GitRepositories;
import io.dokploy.core.git.HttpSettings;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches sources to this machine. Thread-safe. Every call blocks, stops soon after it is cancelled, and fails with one
 * of {@code SourceNotFoundException}, {@code SourceUnavailableException}, {@code AccessDeniedException},
 * {@code HostKeyException} and {@code UnsafeSourceException}.
 */
public final class SourceFetcher {

    private final GitRepositories repositories;
    private final TreeLimits limits;

    /** Keeps what it has fetched from Git below {@code cacheDirectory}, which several instances may share. */
    public SourceFetcher(Path cacheDirectory, HttpSettings http, TreeLimits limits) {
        this.repositories = new GitRepositories(cacheDirectory, http, limits);
        this.limits = limits;
    }

    /**
     * Fetches a commit; its files lie in the cache and are held until the result is closed.
     *
     * @param wantedCommit an exact commit, for example the one an event named, instead of the tip of the ref
     */
    public FetchedSource fetch(GitSource source, Optional<String> wantedCommit, Progress progress, CancelToken cancel) {
        var checkout = repositories.checkout(source, wantedCommit, progress, cancel);
        return new FetchedSource(checkout.tree(), Optional.of(checkout.commit()), checkout::close);
    }

    /** Copies a directory into {@code into}, a new directory of the caller, who also removes it. */
    public FetchedSource fetch(DirectorySource source, Path into, Progress progress, CancelToken cancel) {
        var tree = new DirectoryCopy(source.directory(), limits, cancel).to(into);
        progress.line("Copied " + source.describe());
        return new FetchedSource(tree, Optional.empty(), () -> {});
    }

    /** Unpacks an archive into {@code into}, a new directory of the caller, who also removes it. */
    public FetchedSource fetch(ArchiveSource source, Path into, Progress progress, CancelToken cancel) {
        var tree = new ArchiveUnpacker(source.archive(), limits, cancel).to(into);
        progress.line("Unpacked " + source.describe());
        return new FetchedSource(tree, Optional.empty(), () -> {});
    }

    /** The commit that the source's ref points to now. Asks the server for this alone, and changes nothing. */
    public Optional<String> resolve(GitSource source, CancelToken cancel) {
        return repositories.resolve(source, cancel);
    }

    /** Whether the commit {@code newer} comes after {@code older}; false also if the cache does not know one of them. */
    public boolean isAncestor(GitSource source, String older, String newer) {
        return repositories.isAncestor(source, older, newer);
    }
}
