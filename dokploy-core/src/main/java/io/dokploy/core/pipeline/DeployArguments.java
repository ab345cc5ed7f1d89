package io.dokploy.core.pipeline;

import io.dokploy.api.DeployRequest;
import io.dokploy.api.value.Tree;
import java.util.Optional;

/**
 * What a deployment was asked for, as it is stored with the operation.
 *
 * @param force      although nothing has changed
 * @param commit     this one instead of the tip
 * @param allowOlder whether that may be older than the live one
 */
public record DeployArguments(boolean force, Optional<String> commit, boolean allowOlder) {

    /** The part of a request that is stored. */
    public static DeployArguments of(DeployRequest request) {
        return new DeployArguments(request.force(), request.commit(), request.allowOlder());
    }

    static DeployArguments read(Tree.Branch tree) {
        return new DeployArguments(tree.flag("force", false), tree.text("commit"), tree.flag("allowOlder", false));
    }

    /** The stored form. */
    public Tree.Branch toTree() {
        return Tree.branch()
                .put("force", force)
                .put("commit", commit.orElse(null))
                .put("allowOlder", allowOlder)
                .build();
    }
}
