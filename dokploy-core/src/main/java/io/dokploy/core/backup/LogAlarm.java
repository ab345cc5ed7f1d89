package io.dokploy.core.backup;

import io.dokploy.api.Actor;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.error.Failure;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.core.store.StoreAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells when the log of a database could not be stored several times in a row, and when it can again. For one thread. */
final class LogAlarm {

    /** One that fails alone may have met a restart of the database. */
    static final int TRIES = 3;

    private static final String KIND = "backup.log";

    private final StoreAccess store;
    private final Map<DatabaseId, Integer> failed = new HashMap<>();

    LogAlarm(StoreAccess store) {
        this.store = store;
    }

    void failed(Database database, Failure failure) {
        store.logArchives().setFailure(database.id(), Optional.of(failure.reason()));
        if (failed.merge(database.id(), 1, Integer::sum) == TRIES) {
            emit(
                    EventType.BACKUP_FAILED,
                    Severity.ERROR,
                    database,
                    Tree.branch()
                            .put("kind", KIND)
                            .put("code", failure.code())
                            .put("reason", failure.reason())
                            .put("remedy", failure.remedy()));
        }
    }

    /** @param row as it was before */
    void stored(Database database, LogArchiveRow row) {
        if (row.failure().isPresent()) {
            store.logArchives().setFailure(database.id(), Optional.empty());
        }
        var former = failed.remove(database.id());
        if (former != null && former >= TRIES) {
            emit(
                    EventType.BACKUP_SUCCEEDED,
                    Severity.INFO,
                    database,
                    Tree.branch().put("kind", KIND));
        }
    }

    private void emit(String type, Severity severity, Database database, Tree.BranchBuilder data) {
        var subject = KnownDatabase.subject(database);
        store.events()
                .append(
                        type,
                        Optional.empty(),
                        subject,
                        Actor.system(),
                        severity,
                        Correlation.ofLogs(subject),
                        data.build());
    }
}
