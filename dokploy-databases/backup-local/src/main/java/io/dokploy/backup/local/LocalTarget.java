package io.dokploy.backup.local;

import com.google.auto.service.AutoService;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;

/** The target with the id {@code local}; see {@link LocalSettings}. Without state, so thread-safe. */
@AutoService(BackupTarget.class)
public final class LocalTarget implements BackupTarget {

    /** For {@link java.util.ServiceLoader}. */
    public LocalTarget() {}

    @Override
    public String id() {
        return LocalSettings.ID;
    }

    @Override
    public void check(SettingsDocument settings) {
        LocalSettings.fromDocument(settings);
    }

    @Override
    public Store open(SettingsDocument document, PluginContext context) {
        LocalSettings settings = LocalSettings.fromDocument(document);
        return new LocalStore(new Folder(settings.folder(), settings.isMounted()), settings.pace());
    }
}
