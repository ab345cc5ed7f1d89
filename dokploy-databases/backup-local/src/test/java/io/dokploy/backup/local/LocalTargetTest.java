package io.dokploy.backup.local;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.testkit.BackupTargetContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalTargetTest extends BackupTargetContract {

    @TempDir
    private Path folder;

    @Override
    protected BackupTarget target() {
        return new LocalTarget();
    }

    @Override
    protected SettingsDocument settings() {
        return LocalSettings.of(folder.resolve("backups")).toDocument();
    }

    @Override
    protected SettingsDocument unreachableSettings() {
        return LocalSettings.of(Path.of("/dev/null/backups")).toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "local",
                1,
                Tree.branch().put("folder", "../backups").put("retries", 3).build());
    }
}
