package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.util.Locale;

/**
 * What an operation works at backups with.
 *
 * @param platform  with the store and the engine
 * @param operation that works
 * @param context   for calls of plugins
 * @param keys      that backups are encrypted for and read with
 */
record BackupJob(Platform platform, OperationContext operation, PluginContext context, BackupKeys keys) {

    private static final int SUFFIX_LENGTH = 10;

    /** For the backups that go with work at a database. */
    static BackupJob of(DatabaseJob job, BackupKeys keys) {
        return new BackupJob(job.platform(), job.operation(), job.context(), keys);
    }

    String instance() {
        return platform.store().instance();
    }

    Catalogue catalogue() {
        return new Catalogue(platform, operation);
    }

    PartReader reader(Backup backup, BackupTarget.Store place) {
        return new PartReader(backup, place, keys, context.cancelToken(), operation.progress());
    }

    /** What tells the scratch things of one backup, or operation, from those of another. */
    static String suffix(String id) {
        return id.substring(id.length() - SUFFIX_LENGTH).toLowerCase(Locale.ROOT);
    }
}
