package io.dokploy.testkit;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.BackupTarget;

class MemoryTargetTest extends BackupTargetContract {

    private final BackupTarget target = broken();

    BackupTarget broken() {
        return new MemoryTarget();
    }

    @Override
    protected final BackupTarget target() {
        return target;
    }

    @Override
    protected SettingsDocument settings() {
        return settings("here", 1);
    }

    @Override
    protected SettingsDocument unreachableSettings() {
        return settings("nowhere", 1);
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return settings("", 0);
    }

    private static SettingsDocument settings(String place, long tries) {
        Tree.Branch values = Tree.branch()
                .put("place", place)
                .put("tries", tries)
                .put("password", Secret.of("password-4711"))
                .build();
        return new SettingsDocument("memory", 1, values);
    }
}
