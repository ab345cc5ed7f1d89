package io.dokploy.core.git;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A tree of a cached repository and where it belongs in the checkout.
 *
 * @param folder of the cached repository
 * @param tree   the tree's id
 * @param path   of a submodule in the checkout; empty for the repository itself
 * @param access how to get at the repository, for its LFS files
 */
record TreePart(String folder, ObjectId tree, String path, RemoteAccess access) {

    /** The path in the checkout of a path in the tree. */
    String resolve(String inTree) {
        return path.isEmpty() ? inTree : path + "/" + inTree;
    }

    /** What it adds to the files, wherever it was fetched from. */
    String content() {
        return tree.name() + " " + path;
    }

    /** What is kept on disk to know what a checkout holds. */
    String stateLine() {
        return folder + " " + content();
    }
}
