package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.DatabaseTls.Demand;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.SeededBeforeStart;
import io.dokploy.spi.database.SpeaksTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.dokploy.spi.database.DatabaseProvisioner} promises. Inherit it, and give the plugin, a real engine,
 * and data that is hard to dump: it is dumped, restored into a second server, and compared.
 */
public abstract class DatabaseProvisionerContract extends DatabaseFixture {

    private static final int OTHERS = 077;

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(provisioner().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(provisioner().id())
                .isEqualTo(spec().engine().plugin());
    }

    @Test
    void itsImageIsARepositoryAndItsVersionATag() {
        assertThat(provisioner().image()).doesNotMatch(".*:[^/]*").isNotBlank();
        assertThat(provisioner().defaultVersion()).matches("\\d[A-Za-z0-9._-]*");
    }

    @Test
    void aGoodSpecPasses() {
        assertThatCode(() -> provisioner().check(spec(), version())).doesNotThrowAnyException();
        assertThatCode(() -> provisioner().check(spec(), provisioner().defaultVersion()))
                .doesNotThrowAnyException();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> provisioner().check(wrongSpec(), wrongVersion()))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        error -> assertThat(error.problems()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void settingsOfANewerVersionAreRefused() {
        SettingsDocument known = spec().engine();
        DatabaseSpec newer = spec().toBuilder()
                .engine(() -> new SettingsDocument(known.plugin(), 999, known.values()))
                .build();
        assertThatThrownBy(() -> provisioner().check(newer, version()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("999");
    }

    @Test
    void theSameIsDescribedEachTime() {
        assertThat(provisioner().blueprint(spec(), version(), login()))
                .isEqualTo(provisioner().blueprint(spec(), version(), login()));
        assertThat(commands().toList()).isEqualTo(commands().toList());
    }

    @Test
    void noSecretIsInAnArgumentOrAVariableThatEverybodySees() {
        var blueprint = provisioner().blueprint(spec(), version(), login());
        var secret = PASSWORD.reveal();
        assertThat(blueprint.arguments()).noneMatch(argument -> argument.contains(secret));
        assertThat(blueprint.environment().values())
                .as("an inspection of the container shows variables")
                .noneMatch(value -> value.reveal().contains(secret));
        assertThat(commands()).allSatisfy(command -> {
            assertThat(command.arguments()).noneMatch(argument -> argument.contains(secret));
            assertThat(command.environment().values())
                    .filteredOn(DatabaseFixture::isPlain)
                    .noneMatch(value -> value.reveal().contains(secret));
        });
    }

    @Test
    void itsConnectionIsAValidUrlThatLeadsThere() {
        for (String host : new String[] {"shop-db", "10.1.2.3", "::1"}) {
            var connection = provisioner().connection(login(), host, 4711);
            assertThat(connection.host()).isEqualTo(host);
            assertThat(connection.port()).isEqualTo(4711);
            assertThat(connection.toString()).doesNotContain(PASSWORD.reveal());
            var url = URI.create(connection.url().reveal());
            assertThat(url.getHost()).isEqualTo(host.contains(":") ? "[" + host + "]" : host);
            assertThat(url.getPort()).isEqualTo(4711);
            assertThat(url.getUserInfo()).endsWith(":" + PASSWORD.reveal());
            connection
                    .jdbcUrl()
                    .ifPresent(jdbc -> assertThat(jdbc).startsWith("jdbc:").contains(":4711"));
        }
    }

    @Test
    void partsOfADumpHaveNamesOfTheirOwn() {
        var parts = provisioner().dump(spec(), version(), login());
        assertNamesOfTheirOwn(parts);
        if (provisioner() instanceof SeededBeforeStart seeded) {
            assertThat(parts)
                    .extracting(part -> seeded.seed(part.name(), spec()).file())
                    .as("where parts are put")
                    .doesNotHaveDuplicates()
                    .noneMatch(file -> file.startsWith("/"));
        }
    }

    /** They become the names of objects. */
    static void assertNamesOfTheirOwn(List<DumpPart> parts) {
        assertThat(parts).isNotEmpty().extracting(DumpPart::name).doesNotHaveDuplicates();
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.name()).matches("[a-z][a-z0-9-]*");
            assertThat(part.format()).matches("[a-z][a-z0-9.-]*");
        });
    }

    @Test
    void itSaysItsVersion() {
        var majorVersion = version().split("[^0-9]", 2)[0];
        assertThat(source().serverVersion().strip())
                .hasLineCount(1)
                .startsWith(majorVersion)
                .doesNotContain(PASSWORD.reveal());
    }

    @Test
    void itsClientStopsAtTheFirstMistake() {
        var result = source().client(wrongStatement() + "\n" + everything());
        assertThat(result.errors() + result.text()).isNotBlank();
        if (!clientStops()) {
            assertThat(result.errors() + result.text()).as("the mistake").isNotEqualTo(source().run(everything()));
            return;
        }
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.text()).doesNotContain(source().run(everything()));
    }

    @Test
    void itsCountsAreNamesAndNumbers() {
        var counts = source().counts();
        assertThat(counts).isNotEmpty();
        assertThat(counts.values()).anyMatch(count -> count > 0);
        assertThat(source().counts()).isEqualTo(counts);
    }

    @Test
    void whatIsRestoredIsWhatWasDumpedByteForByte() throws Exception {
        var before = source().run(everything());
        assertThat(before).as("what is compared").isNotBlank();
        var copy = restored(dump());
        assertSame("what was restored", before, copy.run(everything()));
        assertThat(copy.counts()).isEqualTo(source().counts());
        if (provisioner() instanceof DumpsInParallel parallel) {
            assertSame(
                    "what was restored from folders",
                    before,
                    restoredFromFolders(parallel).run(everything()));
        }
        assertSame("the source after its dump", before, source().run(everything()));
    }

    @Test
    void aDumpThatIsCutOffIsNotRestoredWithSuccess() throws Exception {
        Map<String, byte[]> cut = new LinkedHashMap<>(dump());
        var last = cut.keySet().stream().reduce((first, second) -> second).orElseThrow();
        cut.computeIfPresent(last, (name, content) -> Arrays.copyOf(content, content.length / 2));
        assertThatThrownBy(() -> restored(cut))
                .as("the tool, or the server's start, fails")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void thePasswordIsInNoLogAndNoProcessListOfTheContainer() throws Exception {
        dump();
        var all = ExecRequest.of(ShellCommand.script("cat /proc/[0-9]*/cmdline"));
        try (var session = engine().exec(source().container(), all)) {
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isNotEmpty()
                    .doesNotContain(PASSWORD.reveal());
        }
        assertThat(source().log()).isNotEmpty().doesNotContain(PASSWORD.reveal());
    }

    @Test
    void itsServerReadsTheKeyOfItsCertificateAndNobodyElseDoes() throws Exception {
        if (provisioner() instanceof SpeaksTls speaking) {
            var plain = speaking.blueprint(spec(), version(), login());
            for (Demand demand : Demand.values()) {
                var tls = new DatabaseTls("db.example.com", TestCertificate.of("db.example.com"), demand);
                var blueprint = speaking.withTls(plain, tls);
                var key = tls.certificate().key();
                assertThat(blueprint.arguments()).noneMatch(argument -> argument.contains(key.reveal()));
                assertThat(blueprint.environment()).isEqualTo(plain.environment());
                assertThat(blueprint.files())
                        .filteredOn(file -> file.content().equals(key))
                        .hasSize(1)
                        .allMatch(file -> (file.mode() & OTHERS) == 0);
                var database = emptyDatabase(blueprint);
                database.start();
                database.run(hostileData());
                var before = database.run(everything());
                database.stop();
                database.start();
                assertSame("its data after the next start", before, database.run(everything()));
            }
        }
    }

    @Test
    void aConnectionThatVerifiesTheServerSaysSoInItsUrls() {
        if (provisioner() instanceof SpeaksTls speaking) {
            var plain = speaking.connection(login(), "db.example.com", 4711);
            var verifying = speaking.verifying(plain);
            assertThat(verifying.url().reveal()).startsWith(plain.url().reveal() + "?");
            assertThat(URI.create(verifying.url().reveal()).getQuery()).isNotBlank();
            assertThat(verifying.jdbcUrl().isPresent())
                    .isEqualTo(plain.jdbcUrl().isPresent());
            verifying
                    .jdbcUrl()
                    .ifPresent(
                            jdbc -> assertThat(jdbc).startsWith(plain.jdbcUrl().orElseThrow() + "?"));
        }
    }

    @Test
    void aStopEndsItWellAndItsDataIsThereAfterTheNextStart() throws Exception {
        var before = source().run(everything());
        source().stop();
        assertThat(engine().inspect(source().container()).orElseThrow().exitCode())
                .as("137 is the kill after the grace")
                .isPresent()
                .isNotEqualTo(java.util.Optional.of(137));
        source().start();
        assertSame("its data after the next start", before, source().run(everything()));
    }
}
