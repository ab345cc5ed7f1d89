package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Actor;
import io.dokploy.api.Operation;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.LogGapException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.backup.LogSource;
import io.dokploy.core.backup.PointInTimeHandlers;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.schedule.ScheduleSite.World;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new database is made with what another one held at a moment: that one goes on, and what fails leaves nothing. */
class MomentAsNewTest {

    @TempDir
    private Path directory;

    private World world;
    private TestDatabase store;
    private ScheduleSite site;
    private Database shop;

    @BeforeEach
    void open() {
        world = World.at("2026-03-10T00:00:00Z");
        store = TestDatabase.embedded(directory.resolve("store"));
        site = new ScheduleSite(world, store.open(world.clock()), directory).work();
        site.provision("shop-db");
        shop = site.store().databases().find("default", "production", "shop-db").orElseThrow();
        site.archive("shop-db");
        world.clock().advance(Duration.ofMinutes(10));
    }

    @AfterEach
    void close() throws Exception {
        site.close();
        store.close();
        world.close();
    }

    @Test
    void theLogUntilNowIsStoredAndTheDatabaseThatServesGoesOn() {
        var serving = containers(shop);
        var volumes = volumes();
        var stored = site.store().backups().log(history()).size();
        var made = restore(site.now(), spec()).await(ScheduleSite.PATIENCE);
        assertThat(made.generation()).isEqualTo(2);
        assertThat(containers(made)).hasSize(1);
        assertThat(made.stopped()).isFalse();
        assertThat(volumes()).as("its own, and none of an empty server before").isEqualTo(volumes + 1);
        assertThat(site.store().backups().log(history())).hasSizeGreaterThan(stored);
        assertThat(containers(shop)).isEqualTo(serving);
        assertThat(site.store().logArchives().find(made.id()))
                .as("its own log is stored when that is asked for")
                .isEmpty();
    }

    @Test
    void anotherLoginIsRefusedBeforeAnythingIsMade() {
        var volumes = volumes();
        assertThatThrownBy(() -> restore(site.now(), spec().user("owner")).await(ScheduleSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("has the user app")
                .hasMessageContaining("says owner");
        assertNothingIsLeft(volumes);
    }

    @Test
    void aSegmentThatIsMissingLeavesNothing() {
        var volumes = volumes();
        world.place().keys().stream().filter(key -> key.contains(".wal")).forEach(world.place()::remove);
        assertThatThrownBy(() -> restore(site.now(), spec()).await(ScheduleSite.PATIENCE))
                .isInstanceOf(LogGapException.class);
        assertNothingIsLeft(volumes);
    }

    @Test
    void whatFailsInTheMiddleLeavesNothing() {
        var volumes = volumes();
        var base = bases().get(0).backup().parts().get(0);
        world.place().put(base.key(), new byte[(int) base.stored()]);
        assertThatThrownBy(() -> restore(site.now(), spec()).await(ScheduleSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertNothingIsLeft(volumes);
    }

    /** Also when it was made again since, with another login: the moments of the former one are its own. */
    @Test
    void oneThatIsGoneIsRestoredFromThePlaceOfItsBases() {
        var moment = newestStored();
        site.queue()
                .submit(OperationRequest.of(
                        DatabaseHandlers.DELETE,
                        shop.id().value(),
                        "shop-db",
                        Actor.of("test"),
                        DatabaseHandlers.arguments(shop).build(),
                        Void.class,
                        Duration.ofHours(1)))
                .await(ScheduleSite.PATIENCE);
        site.store()
                .databases()
                .insert(
                        "default",
                        "production",
                        DatabaseSpec.named("shop-db", ToyDatabase.settings())
                                .user("another")
                                .build(),
                        "1");
        assertThat(containers(restore(moment, spec()).await(ScheduleSite.PATIENCE)))
                .hasSize(1);
    }

    @Test
    void whoseBasesNobodyKnowsIsSaidAtOnce() {
        var unknown = new LogSource(site.platform(), "default", "production", "shop-bd");
        assertThatThrownBy(() -> unknown.base(PointInTime.at(site.now())))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no base of it")
                .hasMessageContaining("importFrom");
        var shopDb = new LogSource(site.platform(), "default", "production", "shop-db");
        assertThatThrownBy(() -> shopDb.base(PointInTime.at(Instant.parse("2026-03-09T00:00:00Z"))))
                .isInstanceOf(LogGapException.class);
        assertThat(shopDb.base(PointInTime.at(site.now())).target()).isEqualTo("memory");
    }

    private Operation<Database> restore(Instant moment, DatabaseSpec.Builder spec) {
        var databases = site.store().databases();
        var made = databases.setStopped(
                databases.insert("default", "production", spec.build(), "1").id(), true);
        return site.queue()
                .submit(OperationRequest.of(
                        PointInTimeHandlers.RESTORE_AS_NEW,
                        made.id().value(),
                        "shop-copy",
                        Actor.of("test"),
                        DatabaseHandlers.arguments(made)
                                .put(PointInTimeHandlers.SOURCE, "shop-db")
                                .put(PointInTimeHandlers.TIME, moment.toString())
                                .build(),
                        Database.class,
                        Duration.ofHours(1)));
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("shop-copy", ToyDatabase.settings());
    }

    private void assertNothingIsLeft(int volumes) {
        assertThat(site.store().databases().find("default", "production", "shop-copy"))
                .isEmpty();
        assertThat(world.engine().list(Map.of()))
                .noneMatch(container -> container.name().contains("shop-copy"));
        assertThat(volumes()).isEqualTo(volumes);
    }

    private int volumes() {
        return world.engine().listVolumes(Map.of()).size();
    }

    private List<String> containers(Database database) {
        return world.engine().list(Map.of("io.dokploy.role", "database")).stream()
                .filter(container -> container.name().contains(database.name()))
                .map(container -> container.id() + container.isRunning())
                .toList();
    }

    private String history() {
        return site.store().logArchives().find(shop.id()).orElseThrow().history();
    }

    /** The last moment that can be reached without the server. */
    private Instant newestStored() {
        return bases().get(0).backup().log().orElseThrow().until();
    }

    private List<CataloguedBackup> bases() {
        return site.store().backups().list(Kind.BASE, "default", "production", "shop-db");
    }
}
