package io.dokploy.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a store is all of it, of one moment, and becomes a store again or nothing at all. */
final class StoreCopyTest {

    private static final Secret PASSWORD = Secret.of("correct-horse-battery-staple");

    @TempDir
    private Path parent;

    @Test
    void allThatWasKeptIsThereAgainAndNumbersGoOn() throws Exception {
        DatabaseId id;
        var copy = new ByteArrayOutputStream();
        Map<String, Long> counts;
        try (var store = open("first")) {
            id = fill(store);
            submit(store, "waiting");
            counts = StoreCopy.write(store, copy);
            restore(store, copy.toByteArray(), parent.resolve("second"));
        }
        assertThat(copy.toString(StandardCharsets.UTF_8)).doesNotContain(PASSWORD.reveal());
        assertThat(counts).containsEntry("dokploy_database", 1L).containsEntry("dokploy_operation", 1L);
        try (var store = open("second")) {
            assertThat(store.databases().password(id)).isEqualTo(PASSWORD);
            assertThat(store.backups().targets()).containsExactly("bucket");
            var interrupted = store.operations().newest(10).get(0);
            assertThat(interrupted.state()).isEqualTo(State.FAILED);
            assertThat(interrupted.failure().orElseThrow().code()).isEqualTo("store-restored");
            assertThat(submit(store, "waiting")).isNotEqualTo(interrupted.id().value());
        }
    }

    @Test
    void aCopyIsOfOneMomentWhileOthersWrite() throws Exception {
        try (var store = open("first")) {
            var stop = new AtomicBoolean();
            var written = new AtomicInteger();
            var writer = new Thread(() -> {
                while (!stop.get()) {
                    int n = written.incrementAndGet();
                    store.useTransaction(() -> {
                        store.registries().put(new RegistryCredentials("r" + n + ".example.com", "ada", PASSWORD));
                        store.backups().putTarget("t" + n, settings());
                    });
                }
            });
            writer.start();
            try {
                for (int i = 1; i <= 20; i++) {
                    int before = written.get();
                    Awaitility.await().until(() -> written.get() > before + 3);
                    var counts = StoreCopy.write(store, new ByteArrayOutputStream());
                    assertThat(counts.get("dokploy_registry")).isEqualTo(counts.get("dokploy_backup_target"));
                }
            } finally {
                stop.set(true);
                writer.join();
            }
        }
    }

    @Test
    void aDirectoryWithAStoreIsLeftAlone() throws Exception {
        open("first").close();
        var before = Files.readAllBytes(parent.resolve("first/master.key"));
        assertThatThrownBy(() -> StoreRestore.draft(parent.resolve("first")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("there is one already");
        assertThat(Files.readAllBytes(parent.resolve("first/master.key"))).isEqualTo(before);
    }

    @Test
    void whatIsCutOffOrNamesOtherTablesIsRefused() throws Exception {
        var copy = new ByteArrayOutputStream();
        try (var store = open("first")) {
            fill(store);
            StoreCopy.write(store, copy);
            var text = copy.toString(StandardCharsets.UTF_8);
            refused(store, text.substring(0, text.lastIndexOf("{\"rows\"")), "ends before");
            refused(store, text.replace("dokploy_registry", "dokploy_x; DROP TABLE dokploy_project"), "a table");
            refused(store, text.replace("\"login_json\"", "\"login_json) SELECT 1 --\""), "a column");
            refused(store, text.replaceFirst("\\[\"bucket\"[^\\n]*\\n", ""), "rows of the store instead");
            refused(store, "[1", "");
        }
    }

    @Test
    void aVersionOfTheTablesThatIsNotKnownIsRefused() throws Exception {
        try (var store = open("first")) {
            var restore = new StoreRestore(store.masterKeys());
            assertThatThrownBy(() -> restore.into(
                            Files.createDirectory(parent.resolve("next")),
                            "4711",
                            new ByteArrayInputStream(new byte[0])))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("4711");
        }
    }

    private void refused(StoreAccess store, String copy, String reason) throws IOException {
        var directory = Files.createTempDirectory(parent, "refused");
        assertThatThrownBy(() -> restore(store, copy.getBytes(StandardCharsets.UTF_8), directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThat(directory.resolve("store.mv.db")).doesNotExist();
    }

    private static void restore(StoreAccess store, byte[] copy, Path directory) throws IOException {
        var draft = StoreRestore.draft(directory);
        new StoreRestore(store.masterKeys()).into(draft, StoreCopy.version(store), new ByteArrayInputStream(copy));
        StoreRestore.publish(draft, directory);
        StoreRestore.remove(draft);
    }

    private static DatabaseId fill(StoreAccess store) {
        store.registries().put(new RegistryCredentials("registry.example.com", "ada", PASSWORD));
        store.backups().putTarget("bucket", settings());
        var spec = DatabaseSpec.named("shop-db", StoreCopyTest::settings)
                .password(PASSWORD)
                .build();
        return store.databases().insert("default", "production", spec, "17").id();
    }

    private static SettingsDocument settings() {
        return new SettingsDocument(
                "any", 1, Tree.branch().put("secretKey", PASSWORD).build());
    }

    private static String submit(StoreAccess store, String lane) {
        return store.operations()
                .insert(new NewOperation(
                        "deploy",
                        lane,
                        "shop",
                        Actor.of("ada"),
                        "",
                        Tree.branch().build(),
                        "java.lang.String",
                        false,
                        Optional.empty(),
                        Duration.ofMinutes(1)))
                .value();
    }

    private StoreAccess open(String name) {
        return StoreAccess.open(
                Store.embedded(parent.resolve(name)), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
    }
}
