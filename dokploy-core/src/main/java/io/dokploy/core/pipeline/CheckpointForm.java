package io.dokploy.core.pipeline;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.Tree;
import java.util.Optional;

/** What a deployment remembers over a crash: which release it made, and whether the command before the switch is done. */
final class CheckpointForm {

    private static final String RELEASE = "release";
    private static final String MIGRATED = "migrated";

    enum Migration {
        OPEN,
        DONE
    }

    private CheckpointForm() {}

    static Tree.Branch of(ReleaseId release, Migration migration) {
        return Tree.branch()
                .put(RELEASE, release.value())
                .put(MIGRATED, migration == Migration.DONE)
                .build();
    }

    static Optional<ReleaseId> release(Job job) {
        return job.operation().checkpoint().flatMap(tree -> tree.text(RELEASE)).map(ReleaseId::new);
    }

    static boolean migrated(Job job) {
        return job.operation()
                .checkpoint()
                .map(tree -> tree.flag(MIGRATED, false))
                .orElse(false);
    }
}
