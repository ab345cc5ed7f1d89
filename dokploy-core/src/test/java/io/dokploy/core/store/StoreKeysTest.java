package io.dokploy.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, migrations and the lock of a store in a file. */
final class StoreKeysTest {

    private static final Secret PASSWORD = Secret.of("correct-horse-battery-staple");

    @TempDir
    private Path parent;

    private Path directory;
    private Path keyFile;

    @BeforeEach
    void names() {
        directory = parent.resolve("data");
        keyFile = directory.resolve("master.key");
    }

    @Test
    void theFirstStartMakesADirectoryAndAKeyForTheOwnerOnly() throws IOException {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void aKeyThatOthersMayReadIsRefusedUntilItIsPrivateAgain() throws IOException {
        fill();
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(this::open)
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600")
                .hasMessageContaining("master.key");

        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
        check(open());
    }

    @Test
    void aMissingKeyIsNeverReplacedByANewOne() throws IOException {
        fill();
        Path elsewhere = parent.resolve("backup.key");
        Files.move(keyFile, elsewhere);

        assertThatThrownBy(this::open).isInstanceOf(WrongKeyException.class).hasMessageContaining("missing");
        assertThat(keyFile).doesNotExist();

        Files.move(elsewhere, keyFile);
        check(open());
    }

    @Test
    void aKeyFileWithSomethingElseInItIsRefused() throws IOException {
        fill();
        for (String content : List.of("", "not a key\n", "c2hvcnQ=\n")) {
            Files.writeString(keyFile, content);
            assertThatThrownBy(this::open)
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessageContaining("does not hold a key");
        }
    }

    @Test
    void anotherKeyIsRefusedAndNothingIsChanged() throws Exception {
        fill();
        var database = TestDatabase.embedded(directory);
        Path key = parent.resolve("right.key");
        Files.move(keyFile, key);
        var wrong = KeyProvider.of(MasterKey.random(new SecureRandom()));

        assertThatThrownBy(() -> open(Store.embedded(directory, wrong)))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining(wrong.current().fingerprint())
                .hasMessageContaining("nothing was changed");

        assertThat(database.bytes()).doesNotContain(wrong.current().fingerprint());
        Files.move(key, keyFile);
        check(open());
    }

    @Test
    void anotherKeyIsRefusedBeforeTheTablesAreMigrated() throws Exception {
        fill();
        try (var embedded = EmbeddedDatabase.open(directory);
                var connection = embedded.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"dokploy_schema_history\" WHERE \"installed_rank\" > 0");
        }
        var wrong = KeyProvider.of(MasterKey.random(new SecureRandom()));

        // With the right key the migration would run, and fail, since the tables are there.
        assertThatThrownBy(() -> open(Store.embedded(directory, wrong))).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aRotationMakesANewKeyAndForgetsTheFormerOne() throws Exception {
        fill();
        String former = Files.readString(keyFile);
        try (StoreAccess store = open()) {
            String version = store.secretVersion(PASSWORD);
            store.rotateKey();
            assertThat(store.secretVersion(PASSWORD)).isEqualTo(version);
        }

        assertThat(Files.readAllLines(keyFile)).hasSize(1).doesNotContain(former.strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
        check(open());
        assertThatThrownBy(() -> open(Store.embedded(directory, KeyProvider.of(MasterKey.ofBase64(former)))))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void aRotationLeavesNoColumnThatMayHoldASecretWithTheFormerKey() throws Exception {
        var withoutSecrets = Set.of("failure_json", "verification_json", "backup_json", "schedule_json", "state_json");
        var rotated = KeyRotation.COLUMNS.stream()
                .map(column -> column.table() + "." + column.json())
                .toList();
        try (StoreAccess store = open();
                var connection = store.dataSource().getConnection();
                var columns = connection.getMetaData().getColumns(null, null, "%", "%")) {
            while (columns.next()) {
                var table = columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                var column = columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
                if (table.startsWith("dokploy_") && column.endsWith("_json") && !withoutSecrets.contains(column)) {
                    assertThat(rotated).contains(table + "." + column);
                }
            }
        }
    }

    @Test
    void aRotationKeepsThePasswordsOfDatabasesAndPlacesReadable() {
        var spec = DatabaseSpec.named(
                        "shop-db",
                        () -> new SettingsDocument("any", 1, Tree.branch().build()))
                .password(PASSWORD)
                .build();
        var place = new SettingsDocument(
                "any", 1, Tree.branch().put("secretKey", PASSWORD).build());
        DatabaseId id;
        try (StoreAccess store = open()) {
            id = store.databases().insert("default", "production", spec, "17").id();
            store.databases().setNextPassword(id, java.util.Optional.of(PASSWORD));
            store.backups().putTarget("bucket", place);
            store.rotateKey();
        }
        try (StoreAccess store = open()) {
            assertThat(store.databases().password(id)).isEqualTo(PASSWORD);
            assertThat(store.databases().nextPassword(id)).contains(PASSWORD);
            assertThat(store.databases().find(id).orElseThrow().spec())
                    .isEqualTo(spec.toBuilder().withoutPassword().build());
            assertThat(store.backups().target("bucket")).isEqualTo(place);
        }
    }

    @Test
    void aRotationThatWasKilledGoesOnWithTheSameNewKey() throws IOException {
        fill();
        KeyFile.load(keyFile, true, new SecureRandom()).beginRotation(new SecureRandom());
        String both = Files.readString(keyFile);

        check(open());
        try (StoreAccess store = open()) {
            store.registries().put(new RegistryCredentials("new.example.com", "ada", PASSWORD));
            store.rotateKey();
        }

        assertThat(Files.readString(keyFile).strip())
                .isEqualTo(both.lines().findFirst().orElseThrow());
        check(open());
    }

    @Test
    void anOldBackupOpensWithItsOwnKeyOnly() throws IOException {
        fill();
        Path backup = parent.resolve("backup");
        Files.createDirectories(backup);
        for (String file : List.of("store.mv.db", "master.key")) {
            Files.copy(directory.resolve(file), backup.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (StoreAccess store = open()) {
            store.rotateKey();
        }

        check(open(Store.embedded(backup)));
        Files.copy(
                keyFile,
                backup.resolve("master.key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThatThrownBy(() -> open(Store.embedded(backup))).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void whoOnlyChecksDoesNotMigrate() {
        assertThatThrownBy(() -> StoreAccess.open(
                        Store.embedded(directory), Clock.systemUTC(), new SecureRandom(), Migration.CHECK_ONLY))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("pending migrations");
        fill();
        check(StoreAccess.open(Store.embedded(directory), Clock.systemUTC(), new SecureRandom(), Migration.CHECK_ONLY));
    }

    @Test
    void oneMigrationThatIsNotKnownIsToleratedAndTwoAreNot() throws Exception {
        fill();
        pretendMigration(2001);
        check(open());
        pretendMigration(2002);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("2001, 2002")
                .hasMessageContaining("Update this program");
    }

    @Test
    void aStoreThatIsOpenIsRefusedWithTheNameOfItsLockFile() {
        fill();
        try (StoreAccess store = open()) {
            assertThat(store.isExclusive()).isTrue();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(directory.resolve("store.lock").toString());
        }
        check(open());
    }

    @Test
    void aStoreThatAnotherProcessHasOpenIsRefusedUntilThatOneIsKilled() throws Exception {
        fill();
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreHolder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            var said = other.inputReader();
            String line = said.readLine();
            while (line != null && !line.equals(StoreHolder.OPEN)) {
                line = said.readLine();
            }
            assertThat(line).isEqualTo(StoreHolder.OPEN);

            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(directory.resolve("store.lock").toString());
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        check(open());
    }

    private void pretendMigration(int version) throws SQLException {
        try (var embedded = EmbeddedDatabase.open(directory);
                var connection = embedded.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO \"dokploy_schema_history\" (\"installed_rank\", \"version\", \"description\","
                            + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\") VALUES ("
                            + version + ", '" + version + "', 'later', 'SQL', 'V" + version
                            + "__later.sql', 1, 'test', 1, TRUE)");
        }
    }

    private StoreAccess open() {
        return open(Store.embedded(directory));
    }

    private static StoreAccess open(Store settings) {
        return StoreAccess.open(settings, Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
    }

    /** Puts a secret in. */
    private void fill() {
        try (StoreAccess store = open()) {
            store.registries().put(new RegistryCredentials("ghcr.io", "ada", PASSWORD));
        }
    }

    private static void check(StoreAccess store) {
        try (store) {
            assertThat(store.registries()
                            .forImage("ghcr.io/acme/shop")
                            .orElseThrow()
                            .password())
                    .isEqualTo(PASSWORD);
        }
    }
}
