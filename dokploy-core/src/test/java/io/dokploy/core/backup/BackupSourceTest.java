package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operation knows from its arguments what it backs up, and takes its turn where it must. */
class BackupSourceTest {

    @ParameterizedTest
    @EnumSource(names = "LOG", mode = EnumSource.Mode.EXCLUDE)
    void whatItIsAskedWithSaysWhatItIs(Kind kind) {
        var source = kind == Kind.STORE ? BackupSource.STORE : new BackupSource(kind, "id_1");
        assertThat(BackupSource.of(source.arguments().build())).isEqualTo(source);
    }

    @Test
    void whatWasAskedForWhenThereWereDatabasesOnlyIsOfOne() {
        var former = Tree.branch().put(DatabaseHandlers.DATABASE, "db_1").build();
        assertThat(BackupSource.of(former)).isEqualTo(new BackupSource(Kind.DATABASE, "db_1"));
    }

    @Test
    void onlyWhatIsHeldStillTakesItsTurnWithDeployments() {
        var volumes = new BackupSource(Kind.VOLUMES, "app_1");
        assertThat(volumes.lane(DuringBackup.LIVE)).isEqualTo("volumes:app_1");
        assertThat(volumes.lane(DuringBackup.PAUSED)).isEqualTo("app_1");
        assertThat(volumes.lane(DuringBackup.STOPPED)).isEqualTo("app_1");
    }
}
