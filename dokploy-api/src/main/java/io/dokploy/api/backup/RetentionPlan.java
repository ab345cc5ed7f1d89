package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.util.List;

/**
 * What retention would do with the backups of a schedule now.
 *
 * @param decisions one for each of its backups, newest first
 */
@Experimental
public record RetentionPlan(List<Decision> decisions) {
    public RetentionPlan {
        decisions = List.copyOf(decisions);
    }

    /**
     * Why a backup is kept.
     *
     * @param backup  the backup
     * @param reasons one line each; none: it goes
     */
    public record Decision(CataloguedBackup backup, List<String> reasons) {
        public Decision {
            reasons = List.copyOf(reasons);
        }

        /** Whether it stays. */
        public boolean keeps() {
            return !reasons.isEmpty();
        }
    }

    /** Those that go, newest first. */
    public List<CataloguedBackup> removed() {
        return decisions.stream()
                .filter(decision -> !decision.keeps())
                .map(Decision::backup)
                .toList();
    }

    /** Those that stay, newest first. */
    public List<CataloguedBackup> kept() {
        return decisions.stream().filter(Decision::keeps).map(Decision::backup).toList();
    }
}
