package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.BackupId;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes a dump into a place: its parts, then the manifest, without which there is no backup. If anything fails, what was
 * written is removed again.
 */
final class WriteBackup {

    private final Platform platform;
    private final BackupKeys keys;
    private final PluginContext context;
    private final Ownership ownership;

    WriteBackup(Platform platform, BackupKeys keys, PluginContext context, Ownership ownership) {
        this.platform = platform;
        this.keys = keys;
        this.context = context;
        this.ownership = ownership;
    }

    /** @param schedule that made it */
    Backup run(Dump dump, BackupId id, BackupTarget.Store place, Optional<String> schedule) throws IOException {
        var began = platform.pacing().now();
        var instance = platform.store().instance();
        var source = dump.source();
        var writer = new PartWriter(place, keys, context.cancelToken(), ownership);
        try (var draft = new BackupDraft(id, instance, source.folders(), place, writer, ownership)) {
            var contents = dump.writeTo(draft);
            var backup = new Backup(
                    id,
                    source.kind(),
                    instance,
                    source.project(),
                    source.environment(),
                    source.name(),
                    source.engine(),
                    source.engineVersion(),
                    contents.serverVersion(),
                    began,
                    Duration.between(began, platform.pacing().now()),
                    draft.parts(),
                    contents.counts(),
                    contents.exact(),
                    keys.fingerprint(),
                    schedule,
                    contents.log());
            draft.end(context.json().write(backup));
            return backup;
        }
    }
}
