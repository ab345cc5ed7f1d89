package io.dokploy.backup.s3;

import com.google.auto.service.AutoService;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;

/** The target with the id {@code s3}; see {@link S3Settings}. Without state, so thread-safe. */
@AutoService(BackupTarget.class)
public final class S3Target implements BackupTarget {

    /** For {@link java.util.ServiceLoader}. */
    public S3Target() {}

    @Override
    public String id() {
        return S3Settings.ID;
    }

    @Override
    public void check(SettingsDocument settings) {
        S3Settings.fromDocument(settings);
    }

    @Override
    public Store open(SettingsDocument document, PluginContext context) {
        return new S3Store(Bucket.open(S3Settings.fromDocument(document), context));
    }
}
