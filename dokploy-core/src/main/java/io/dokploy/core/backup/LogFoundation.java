package io.dokploy.core.backup;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.RetentionPlan.Decision;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The base without which the log of a database that is stored now would be worth nothing: the newest good one of that log. */
final class LogFoundation {

    private final Platform platform;
    private final DatabaseId database;
    private final List<CataloguedBackup> bases;

    /** @param bases of that database, newest first */
    LogFoundation(Platform platform, DatabaseId database, List<CataloguedBackup> bases) {
        this.platform = platform;
        this.database = database;
        this.bases = List.copyOf(bases);
    }

    /** The same plan, with it kept. */
    RetentionPlan keptIn(RetentionPlan plan) {
        var foundation = platform.store().logArchives().find(database).flatMap(this::under);
        return new RetentionPlan(plan.decisions().stream()
                .map(decision -> foundation.equals(Optional.of(decision.backup())) ? keeping(decision) : decision)
                .toList());
    }

    private static Decision keeping(Decision decision) {
        var reason = "what the log that is stored now stands on";
        return new Decision(
                decision.backup(),
                Stream.concat(decision.reasons().stream(), Stream.of(reason)).toList());
    }

    private Optional<CataloguedBackup> under(LogArchiveRow archive) {
        var candidates = bases.stream()
                .filter(base -> base.target().equals(archive.target()))
                .filter(base -> base.backup()
                        .log()
                        .filter(span -> span.history().equals(archive.history()))
                        .isPresent())
                .toList();
        return candidates.stream()
                .filter(CataloguedBackup::proven)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }
}
