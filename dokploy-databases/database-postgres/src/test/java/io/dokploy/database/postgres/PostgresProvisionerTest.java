package io.dokploy.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dokploy.api.application.Resources;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How PostgreSQL is described: images, files, command lines. */
class PostgresProvisionerTest {

    private static final Login LOGIN = new Login("app", Secret.of("p@ss/word 4711"), "shop");

    private final PostgresProvisioner postgres = new PostgresProvisioner();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class))
                .extracting(DatabaseProvisioner::id)
                .contains("postgres");
    }

    @ParameterizedTest
    @CsvSource({
        "15,/var/lib/postgresql/data",
        "17,/var/lib/postgresql/data",
        "17.2-alpine,/var/lib/postgresql/data",
        "18,/var/lib/postgresql",
        "18-trixie,/var/lib/postgresql"
    })
    void theDataLiesWhereTheImageOfThatVersionHasIt(String version, String directory) {
        assertThat(blueprint(spec().build(), version).dataDirectory()).isEqualTo(directory);
    }

    @Test
    void tlsIsRequiredOfTheNetworkOnlyIfThatIsSaidAndParametersCannotUndoIt() {
        var certificate = Tls.certificate("the chain", Secret.of("the key"));
        var plain = blueprint(spec().build(), "17");
        var offered = postgres.withTls(plain, DatabaseTls.offered("db.example.com", certificate));
        assertThat(offered.arguments()).contains("ssl=on").containsSubsequence(plain.arguments());
        assertThat(offered.arguments()).noneMatch(argument -> argument.contains("hba_file"));
        assertThat(offered.ready().environment()).containsEntry("PGSSLMODE", EnvironmentValue.plain("require"));
        var required = postgres.withTls(plain, DatabaseTls.required("db.example.com", certificate));
        assertThat(required.arguments()).contains("hba_file=/run/dokploy/pg_hba.conf");
        assertThat(required.files())
                .filteredOn(file -> file.path().endsWith("pg_hba.conf"))
                .allSatisfy(file -> assertThat(file.content().reveal().lines())
                        .filteredOn(rule -> rule.startsWith("host "))
                        .allMatch(rule -> rule.contains("127.0.0.1/32") || rule.contains("::1/128")));
        var undone = spec().publish("127.0.0.1", 5432, DatabaseTls.required("db.example.com", certificate))
                .parameter("ssl", "off")
                .parameter("hba_file", "/elsewhere")
                .build();
        assertThatThrownBy(() -> postgres.check(undone, "17"))
                .hasMessageContaining("parameters.ssl")
                .hasMessageContaining("parameters.hba_file");
    }

    @Test
    void thePasswordIsInAFileAndInNoArgument() {
        var blueprint = blueprint(spec().build(), "17");
        assertThat(blueprint.files()).anyMatch(file -> file.content().equals(LOGIN.password()));
        assertThat(blueprint.environment().values())
                .noneMatch(value -> value.reveal().contains(LOGIN.password().reveal()));
        assertThat(commands(blueprint))
                .allSatisfy(command -> assertThat(command.arguments())
                        .noneMatch(
                                argument -> argument.contains(LOGIN.password().reveal())));
    }

    private Stream<EngineCommand> commands(Blueprint blueprint) {
        return Stream.concat(
                Stream.of(
                        blueprint.ready(),
                        postgres.client(LOGIN),
                        postgres.counts(LOGIN),
                        postgres.serverVersion(LOGIN),
                        postgres.restore("roles", "17", LOGIN),
                        postgres.restore("data", "17", LOGIN)),
                postgres.dump(spec().build(), "17", LOGIN).stream().map(DumpPart::command));
    }

    @Test
    void aQuarterOfItsMemoryIsForSharedBuffersUnlessTheUserSaysOtherwise() {
        var limited = spec().resources(Resources.unlimited().memory(ByteSize.gibibytes(1)));
        assertThat(blueprint(limited.build(), "17").arguments()).contains("shared_buffers=262144kB");
        assertThat(blueprint(limited.parameter("shared_buffers", "64MB").build(), "17")
                        .arguments())
                .contains("shared_buffers=64MB")
                .doesNotContain("shared_buffers=262144kB");
    }

    @Test
    void extensionsAreMadeBeforeTheUsersScripts() {
        var spec = DatabaseSpec.named("shop-db", PostgresSettings.defaults().extension("uuid-ossp"))
                .initScript("10-tables.sql", "CREATE TABLE t ();")
                .build();
        assertThat(blueprint(spec, "17").files())
                .extracting(Blueprint.File::path)
                .containsSubsequence(
                        "/docker-entrypoint-initdb.d/00-extensions.sql", "/docker-entrypoint-initdb.d/10-tables.sql");
    }

    @ParameterizedTest
    @CsvSource({"15,NONE", "16,BY_THE_TOOL", "17,BY_THE_TOOL"})
    void theToolCompressesWhereItCan(String version, Compression compression) {
        assertThat(postgres.dump(spec().build(), version, LOGIN))
                .filteredOn(part -> part.name().equals("data"))
                .extracting(DumpPart::compression)
                .containsExactly(compression);
    }

    @Test
    void eachDatabaseIsAPartOfItsOwnAndReadInItsOwnView() {
        var parts = postgres.dump(spec().build(), "17", LOGIN, List.of("sales", "two\nlines"));
        assertThat(parts)
                .extracting(DumpPart::name, DumpPart::database)
                .containsExactly(
                        tuple("roles", Optional.empty()),
                        tuple("data", Optional.empty()),
                        tuple("database-1", Optional.of("sales")),
                        tuple("database-2", Optional.of("two\nlines")));
        assertThat(postgres.reading(parts.get(3), "0001-1").command().arguments())
                .contains("--snapshot=0001-1")
                .noneMatch(argument -> argument.contains("lines"));
        assertThat(postgres.reading(parts.get(0), "0001-1")).isEqualTo(parts.get(0));
        assertThat(postgres.restore("database-2", "17", LOGIN).arguments()).contains("--create", "--dbname=shop");
        assertThat(postgres.restore("data", "17", LOGIN).arguments()).doesNotContain("--create");
    }

    @Test
    void aPasswordIsEncodedInTheUrlAndNotInTheJdbcUrl() {
        var connection = postgres.connection(LOGIN, "shop-db", 5432);
        assertThat(connection.url().reveal()).isEqualTo("postgresql://app:p%40ss%2Fword%204711@shop-db:5432/shop");
        assertThat(connection.jdbcUrl()).contains("jdbc:postgresql://shop-db:5432/shop");
        assertThat(postgres.connection(LOGIN, "::1", 5432).jdbcUrl()).contains("jdbc:postgresql://[::1]:5432/shop");
        assertThat(connection.toString()).doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.6", "latest", "12"})
    void versionsThatAreTooOldOrUnknownAreRefused(String version) {
        assertThatThrownBy(() -> postgres.check(spec().build(), version))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("version");
    }

    @Test
    void settingsAreReadBackAndNewerOnesRefused() {
        var settings = PostgresSettings.defaults().extension("pg_trgm").toDocument();
        assertThat(PostgresSettings.read(settings).extensions()).containsExactly("pg_trgm");
        var newer = new SettingsDocument(
                "postgres", 1, Tree.branch().put("replication", true).build());
        assertThatThrownBy(() -> PostgresSettings.read(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("replication");
        assertThatThrownBy(() -> PostgresSettings.defaults().extension("x\"; DROP"))
                .isInstanceOf(InvalidSpecException.class);
    }

    private Blueprint blueprint(DatabaseSpec spec, String version) {
        return postgres.blueprint(spec, version, LOGIN);
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("shop-db", PostgresSettings.defaults());
    }

    @Test
    void aLargeDatabaseIsDumpedByAsManyConnectionsAsThereAreProcessorsAtMostFour() {
        var usual = spec().build();
        assertThat(postgres.jobs(usual, (1L << 30) - 1, 8)).isEqualTo(1);
        assertThat(postgres.jobs(usual, 1L << 30, 1)).isEqualTo(1);
        assertThat(postgres.jobs(usual, 1L << 30, 2)).isEqualTo(2);
        assertThat(postgres.jobs(usual, 1L << 40, 64)).isEqualTo(4);
    }

    @Test
    void howManyConnectionsDumpCanBeAskedFor() {
        var wanted = DatabaseSpec.named(
                        "shop-db", PostgresSettings.defaults().dumpJobs(8).extension("pg_trgm"))
                .build();
        assertThat(postgres.jobs(wanted, 1, 1)).isEqualTo(8);
        assertThatThrownBy(() -> PostgresSettings.defaults().dumpJobs(0))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("must be 1 to 64, but is 0");
        assertThatThrownBy(() -> PostgresSettings.defaults().dumpJobs(65)).isInstanceOf(InvalidSpecException.class);
    }

    @ParameterizedTest
    @CsvSource({"17,--compress=zstd:3", "15,--compress=1"})
    void aPartInAFolderIsCompressedThereAndReadFromThere(String version, String compression) {
        var parts = postgres.dump(spec().build(), version, LOGIN.at("server", 5432), List.of("reports"));
        assertThat(postgres.intoFolder(parts.get(0), "/dump/roles", 2)).isEmpty();
        var further = postgres.intoFolder(parts.get(2), "/dump/database-1", 2).orElseThrow();
        assertThat(further.command().arguments())
                .containsExactly("pg_dump", "--format=directory", compression, "--jobs=2", "--file=/dump/database-1");
        assertThat(further.compression()).isEqualTo(Compression.BY_THE_TOOL);
        assertThat(further.database()).contains("reports");
        assertThat(postgres.restoreFolder("database-1", version, LOGIN, "/dump/database-1", 3)
                        .arguments())
                .containsExactly(
                        "pg_restore", "--exit-on-error", "--create", "--jobs=3", "--dbname=shop", "/dump/database-1");
    }
}
