package io.dokploy.core.source;

import io.dokploy.api.release.Release;
import io.dokploy.spi.SourceTree;
import java.util.Optional;

/** The files of a source; they stay as they are until this is closed. */
public final class FetchedSource implements AutoCloseable {

    private final SourceTree tree;
    private final Optional<Release.Commit> commit;
    private final Runnable release;

    FetchedSource(SourceTree tree, Optional<Release.Commit> commit, Runnable release) {
        this.tree = tree;
        this.commit = commit;
        this.release = release;
    }

    /** The files. */
    public SourceTree tree() {
        return tree;
    }

    /** The commit, if they are from Git. */
    public Optional<Release.Commit> commit() {
        return commit;
    }

    /** Says that the files are not needed any more; those from Git may then change. */
    @Override
    public void close() {
        release.run();
    }
}
