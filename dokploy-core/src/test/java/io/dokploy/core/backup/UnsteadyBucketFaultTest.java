package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.core.BackupKey;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, their proofs and restores through a bucket that is slow, refuses, or is gone: done and proven, or failed. */
class UnsteadyBucketFaultTest {

    private static final int ROWS = 200_000;

    @TempDir
    static Path directory;

    private static SeaweedServer server;
    private static UnsteadyNetwork network;
    private static DatabaseSite site;
    private static Backups backups;

    @BeforeAll
    static void open() throws IOException {
        server = new SeaweedServer();
        network = new UnsteadyNetwork(server.endpoint());
        site = new DatabaseSite(directory, builder -> builder.backupKey(BackupKey.generate()));
        backups = site.client().backups();
        site.client()
                .databases()
                .create(DatabaseSpec.named("far-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(
                "far-db",
                "CREATE TABLE many AS SELECT sha512(random()::text::bytea) AS hash FROM generate_series(1, " + ROWS
                        + ");");
        backups.putTarget(
                "patient", server.bucket("patient", network.endpoint()).build());
        backups.putTarget(
                "hasty",
                server.bucket("hasty", network.endpoint())
                        .attempts(2)
                        .timeout(Duration.ofSeconds(5))
                        .build());
    }

    @AfterAll
    static void close() throws IOException {
        site.close();
        network.close();
        server.close();
    }

    @BeforeEach
    void heal() {
        network.heal();
    }

    @Test
    void aBucketThatIsSlowAndRefusesTakesLongerAndThatIsSaid() {
        network.slowAndRefusing();
        var operation = backups.backUp("far-db", "patient");
        var backup = operation.await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        assertThat(operation.log().lines()).anyMatch(line -> line.contains("is asked again"));
        backups.restore(backup.backup().id(), "far-db", RestoreRequest.withoutSafetyBackup())
                .await(DatabaseSite.PATIENCE);
        assertServes();
        assertThat(network.refusals()).isGreaterThan(5);
        backups.delete(backup.backup().id()).await(DatabaseSite.PATIENCE);
        assertThat(server.objects("patient")).isEmpty();
        assertThat(server.unfinishedUploads("patient")).isZero();
    }

    @Test
    void aBucketThatIsGoneHalfWayIsNoBackup() {
        network.goneAfter(7_000_000);
        assertThatThrownBy(() -> backups.backUp("far-db", "hasty").await(DatabaseSite.PATIENCE))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("far-db")
                .hasMessageContaining("tried 2 times");
        assertThat(backups.list("far-db")).isEmpty();
        // What could not be taken back is no backup; the daily look at the place removes it.
        assertThat(server.objects("hasty")).isNotEmpty().noneMatch(key -> key.endsWith(BackupDraft.MANIFEST));

        network.heal();
        var backup = backups.backUp("far-db", "hasty").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        network.goneAfter(0);
        assertThatThrownBy(() -> backups.restore(backup.backup().id(), "far-db", RestoreRequest.withoutSafetyBackup())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(TemporaryException.class);
        assertServes();
        network.heal();
        backups.delete(backup.backup().id()).await(DatabaseSite.PATIENCE);
    }

    private static void assertServes() {
        assertThat(site.run("far-db", "SELECT count(*) FROM many;")).contains(Integer.toString(ROWS));
    }
}
