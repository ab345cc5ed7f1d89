package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Failure;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAlarmTest {

    private static final String SUBJECT = "default/production/shop-db";

    @TempDir
    Path directory;

    private TestDatabase database;
    private StoreAccess store;
    private Database shopDb;
    private LogAlarm alarm;

    @BeforeEach
    void open() {
        database = TestDatabase.embedded(directory.resolve("store"));
        store = database.open(Clock.systemUTC());
        shopDb = store.databases()
                .insert(
                        "default",
                        "production",
                        DatabaseSpec.named(
                                        "shop-db",
                                        () -> new SettingsDocument(
                                                "toy", 1, Tree.branch().build()))
                                .build(),
                        "1");
        store.logArchives().insert(shopDb.id(), "nas", SUBJECT);
        alarm = new LogAlarm(store);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.close();
    }

    @Test
    void aLogThatCannotBeStoredAgainAndAgainIsToldOnceAndSoIsItsEnd() {
        for (int i = 0; i < LogAlarm.TRIES + 2; i++) {
            fail();
        }
        assertThat(events(EventType.BACKUP_FAILED)).singleElement().satisfies(event -> {
            assertThat(event.subject()).isEqualTo(SUBJECT);
            assertThat(event.data().text("reason")).contains("the bucket is gone");
        });
        assertThat(failure()).contains("the bucket is gone");
        stored();
        stored();
        assertThat(events(EventType.BACKUP_SUCCEEDED))
                .singleElement()
                .satisfies(event -> assertThat(event.correlationKey())
                        .isEqualTo(events(EventType.BACKUP_FAILED).get(0).correlationKey()));
        assertThat(failure()).isEmpty();
    }

    @Test
    void whatFailsNowAndThenIsKeptAndNotTold() {
        for (int i = 0; i < 10; i++) {
            fail();
            assertThat(failure()).isPresent();
            stored();
        }
        assertThat(events(EventType.BACKUP_FAILED)).isEmpty();
        assertThat(events(EventType.BACKUP_SUCCEEDED)).isEmpty();
    }

    private void stored() {
        alarm.stored(shopDb, store.logArchives().find(shopDb.id()).orElseThrow());
    }

    private void fail() {
        alarm.failed(shopDb, Failure.temporary("gone", SUBJECT, "the bucket is gone", "Bring it back."));
    }

    private Optional<String> failure() {
        return store.logArchives().find(shopDb.id()).orElseThrow().failure();
    }

    private List<Event> events(String type) {
        return store.events().read(0, 1000).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }
}
