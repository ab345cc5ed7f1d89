package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart;
import io.dokploy.spi.engine.ContainerEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What the tests of {@link DatabaseProvisionerContract} stand on. One server with the hostile data serves all tests of a
 * class, since engines take their time to start.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseFixture {

    /** All that breaks quoting in shells, option files, URLs and SQL. */
    static final Secret PASSWORD = Secret.of("p4ss'w\"o\\r`d $HOME; #%&é ü/@:?=+");

    private static final String FOLDERS = "/tmp";
    private static final int LINE_SHOWN = 2000;

    private final List<TestDatabase> databases = new ArrayList<>();
    private @Nullable ContainerEngine engine;
    private @Nullable TestDatabase source;

    /** The plugin under test. */
    protected abstract DatabaseProvisioner provisioner();

    /** Connects to a real engine that has the plugin's image or can pull it. Called once, and closed at the end. */
    protected abstract ContainerEngine connect();

    /** A good spec, without a version. */
    protected abstract DatabaseSpec spec();

    /** The version that is tested; the default is the plugin's. */
    protected String version() {
        return provisioner().defaultVersion();
    }

    /** A spec with at least one mistake that is tested together with {@link #wrongVersion()}. */
    protected abstract DatabaseSpec wrongSpec();

    /** The tag of a version that the plugin does not know. */
    protected abstract String wrongVersion();

    /**
     * Statements for the engine's client that fill an empty database with all that is hard to dump: binary, emoji, a
     * value of a megabyte, names with quotes, semicolons, dollars and newlines, and whatever the engine has beside data.
     */
    protected abstract String hostileData();

    /** Statements that change nothing and print all of it, byte for byte and always in the same order. */
    protected abstract String everything();

    /** A statement that the engine refuses. */
    protected abstract String wrongStatement();

    /** Whether the engine's client can stop at the first mistake; redis-cli tells it and goes on. */
    protected boolean clientStops() {
        return true;
    }

    @BeforeAll
    final void startTheSource() throws Exception {
        engine = connect();
        TestDatabase started = emptyDatabase();
        started.start();
        started.run(hostileData());
        source = started;
    }

    @AfterAll
    final void removeWhatWasMade() {
        databases.forEach(TestDatabase::remove);
        engine().close();
    }

    final ContainerEngine engine() {
        return Objects.requireNonNull(engine, "the engine is connected before the first test");
    }

    /** The server that has the hostile data. */
    final TestDatabase source() {
        return Objects.requireNonNull(source, "the source is started before the first test");
    }

    /** A server that is created and not started yet. */
    final TestDatabase emptyDatabase() {
        return emptyDatabase(provisioner().blueprint(spec(), version(), login()));
    }

    /** One that is made like that. */
    final TestDatabase emptyDatabase(Blueprint blueprint) {
        var database = new TestDatabase(engine(), provisioner(), spec(), version(), login(), blueprint);
        databases.add(database);
        database.create();
        return database;
    }

    final Login login() {
        return new Login(spec().user(), PASSWORD, spec().database());
    }

    /** Every part of a dump, by name, in the order in which they are restored. */
    final Map<String, byte[]> dump() throws Exception {
        return dumped(provisioner().dump(spec(), version(), login()));
    }

    /** What those commands write in the source, by the name of the part. */
    final Map<String, byte[]> dumped(List<DumpPart> dump) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (DumpPart part : dump) {
            var result = source().execute(part.command(), new byte[0]);
            requireSuccess(part.name(), result);
            parts.put(part.name(), result.output());
        }
        return parts;
    }

    /** A new server with that dump in it, started. */
    final TestDatabase restored(Map<String, byte[]> dump) throws Exception {
        TestDatabase target = emptyDatabase();
        if (provisioner() instanceof SeededBeforeStart seeded) {
            dump.forEach((part, content) -> target.seed(seeded.seed(part, spec()), content));
            target.start();
            return target;
        }
        target.start();
        for (var part : dump.entrySet()) {
            requireSuccess(part.getKey(), target.restore(part.getKey(), part.getValue()));
        }
        return target;
    }

    /** A new server with a dump in it whose parts were folders, where they can be. */
    final TestDatabase restoredFromFolders(DumpsInParallel parallel) throws Exception {
        TestDatabase target = emptyDatabase();
        target.start();
        for (DumpPart part : parallel.dump(spec(), version(), login())) {
            var folder = FOLDERS + "/" + part.name();
            var dumped = parallel.intoFolder(part, folder, 2);
            if (dumped.isPresent()) {
                requireSuccess(part.name(), source().execute(dumped.get().command(), new byte[0]));
                try (var tar = engine().copyOut(source().container(), folder)) {
                    engine().copyIn(target.container(), FOLDERS, tar);
                }
                var restore = parallel.restoreFolder(part.name(), version(), login(), folder, 2);
                requireSuccess(part.name(), target.execute(restore, new byte[0]));
            } else {
                var content = source().execute(part.command(), new byte[0]);
                requireSuccess(part.name(), content);
                requireSuccess(part.name(), target.restore(part.name(), content.output()));
            }
        }
        return target;
    }

    private static void requireSuccess(String part, TestDatabase.Result result) {
        assertThat(result.exitCode()).as("%s: %s", part, result.errors()).isZero();
    }

    /** Every command that the plugin has. */
    final Stream<EngineCommand> commands() {
        var plugin = provisioner();
        var parts = plugin.dump(spec(), version(), login());
        var restores = plugin instanceof SeededBeforeStart
                ? Stream.<EngineCommand>empty()
                : parts.stream().map(part -> plugin.restore(part.name(), version(), login()));
        return Stream.of(
                        Stream.of(
                                plugin.blueprint(spec(), version(), login()).ready(),
                                plugin.client(login()),
                                plugin.counts(login()),
                                plugin.serverVersion(login())),
                        parts.stream().map(DumpPart::command),
                        restores)
                .flatMap(each -> each);
    }

    /** Says of two long texts where they differ, instead of showing both. */
    static void assertSame(String what, String expected, String found) {
        if (!found.equals(expected)) {
            var before = expected.lines().toList();
            var after = found.lines().toList();
            int line = 0;
            while (line < Math.min(before.size(), after.size())
                    && before.get(line).equals(after.get(line))) {
                line++;
            }
            fail(
                    "%s: %d lines instead of %d, which differ from line %d on:%n-%s%n+%s",
                    what, after.size(), before.size(), line + 1, shown(before, line), shown(after, line));
        }
    }

    private static String shown(List<String> lines, int line) {
        var text = line < lines.size() ? lines.get(line) : "(the end)";
        return text.length() > LINE_SHOWN ? text.substring(0, LINE_SHOWN) + "…" : text;
    }

    static boolean isPlain(EnvironmentValue value) {
        return !(value instanceof Secret);
    }
}
