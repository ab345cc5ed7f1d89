package io.dokploy.core.backup;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/** Opens places for backups by their names, and says of errors which place had them. */
final class Place {

    private Place() {}

    static BackupTarget.Store open(Platform platform, String name, PluginContext context) {
        var settings = platform.store().backups().target(name);
        return platform.plugins().backup(settings.plugin()).open(settings, context);
    }

    static TemporaryException failed(String name, String subject, IOException e) {
        return new TemporaryException(
                Failure.temporary(
                        "backup-target-failed",
                        subject,
                        "the place \"" + name + "\" failed: " + e.getMessage(),
                        "Look after the place and try again; Backups.test says what does not work."),
                e);
    }
}
