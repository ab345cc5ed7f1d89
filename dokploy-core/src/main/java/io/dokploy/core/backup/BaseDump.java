package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.spi.database.ArchivesLog;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Copies a server's files while it is used, and stores the log that makes them consistent. */
final class BaseDump implements Dump {

    private final DatabaseJob job;
    private final LogArchiveRow row;
    private final ShipLog shipping;
    private final ArchivesLog plugin;

    /** @param row of the generation that serves */
    BaseDump(DatabaseJob job, LogArchiveRow row, ShipLog shipping) {
        this.job = job;
        this.row = row;
        this.shipping = shipping;
        this.plugin = (ArchivesLog) job.plugin();
    }

    @Override
    public Source source() {
        return Source.of(Kind.BASE, job.database());
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        var server = job.serving();
        var first = LogPosition.parse(server.ask(plugin.currentSegment(job.login())));
        draft.write(server, plugin.base(job.login()));
        var last = shipping.shipAll(row);
        return new Contents(
                server.ask(plugin.serverVersion(job.login())).strip(),
                Map.of(),
                true,
                Optional.of(new LogSpan(row.history(), first.segment(), last.segment(), last.time())));
    }
}
