package io.dokploy.core.git;

import io.dokploy.api.release.Release;
import io.dokploy.core.tree.FileTree;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/** The files of a commit, unchanged until this is closed; then the directory may be used for another commit. */
public final class GitCheckout implements AutoCloseable {

    private final Checkout checkout;
    private final SourceTree tree;
    private final Release.Commit commit;

    GitCheckout(Checkout checkout, String hash, Release.Commit commit) {
        this.checkout = checkout;
        this.tree = new FileTree(checkout.directory(), hash);
        this.commit = commit;
    }

    /** The files. */
    public SourceTree tree() {
        return tree;
    }

    /** The commit they are of. */
    public Release.Commit commit() {
        return commit;
    }

    /** Lets go of the directory. */
    @Override
    public void close() {
        try {
            checkout.close();
        } catch (IOException e) {
            // What is left is used or written anew the next time.
            LoggerFactory.getLogger(GitCheckout.class).warn("cannot clean up {}", checkout.directory(), e);
        }
    }
}
