package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart.Seed;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A server as the plugin describes it, made with nothing but the engine. */
final class TestDatabase {

    static final Duration LONG = Duration.ofMinutes(2);

    private final ContainerEngine engine;
    private final DatabaseProvisioner plugin;
    private final DatabaseSpec spec;
    private final String version;
    private final Login login;
    private final Blueprint blueprint;
    private final String name = "testkit-" + UUID.randomUUID().toString().substring(0, 8) + "-database";

    TestDatabase(
            ContainerEngine engine,
            DatabaseProvisioner plugin,
            DatabaseSpec spec,
            String version,
            Login login,
            Blueprint blueprint) {
        this.engine = engine;
        this.plugin = plugin;
        this.spec = spec;
        this.version = version;
        this.login = login;
        this.blueprint = blueprint;
    }

    /**
     * How a command ended.
     *
     * @param exitCode of it
     * @param output   all that it wrote
     * @param errors   what it complained about
     */
    record Result(int exitCode, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    String container() {
        return name;
    }

    /** Of the server in the engine's network. */
    String address() {
        return engine.inspect(name).orElseThrow().networks().values().stream()
                .map(attached -> attached.address())
                .findFirst()
                .orElseThrow();
    }

    int port() {
        return blueprint.port();
    }

    void create() {
        var labels = Map.of("io.dokploy.testkit", name);
        var image = plugin.image() + ":" + version;
        if (engine.inspectImage(image).isEmpty()) {
            engine.pull(image, java.util.Optional.empty(), line -> {}, new TestCancelToken());
        }
        engine.ensureVolume(name, labels);
        var container = ContainerSpec.of(name, image)
                .environment(blueprint.environment())
                .arguments(blueprint.arguments())
                .labels(labels)
                .resources(spec.resources())
                .mount(new EngineMount(name, blueprint.dataDirectory(), false));
        blueprint.stopSignal().ifPresent(container::stopSignal);
        engine.create(container.build());
        for (Blueprint.File file : blueprint.files()) {
            copy(file.path(), file.content().reveal().getBytes(StandardCharsets.UTF_8), file.mode(), file.owner());
        }
    }

    /** Puts a dump where the engine looks for it when it starts. */
    void seed(Seed seed, byte[] content) {
        var directory = blueprint.dataDirectory() + "/";
        for (Blueprint.File file : seed.beside()) {
            copy(directory + file.path(), file.content().reveal().getBytes(StandardCharsets.UTF_8), file.mode(), 0);
        }
        copy(directory + seed.file(), content, 0644, 0);
    }

    private void copy(String path, byte[] content, int mode, int owner) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            var entry = new TarArchiveEntry(path.substring(1));
            entry.setSize(content.length);
            entry.setMode(mode);
            entry.setUserId(owner);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine.copyIn(name, "/", new ByteArrayInputStream(bytes.toByteArray()));
    }

    /** Starts it and waits until its engine says that it is ready. */
    void start() throws InterruptedException {
        engine.start(name);
        var until = Instant.now().plus(LONG);
        while (!isReady()) {
            var info = engine.inspect(name).orElseThrow();
            if (!info.isRunning() || Instant.now().isAfter(until)) {
                fail("it did not get ready, state %s, exit code %s:%n%s", info.state(), info.exitCode(), log());
            }
            Thread.sleep(200);
        }
    }

    boolean isReady() {
        try {
            return execute(blueprint.ready(), new byte[0]).exitCode() == 0;
        } catch (RuntimeException e) {
            return false; // it may just have ended: the state tells
        }
    }

    void stop() {
        engine.stop(name, Duration.ofSeconds(60));
    }

    /** Gives the engine's client these statements. @return what it prints */
    String run(String statements) {
        var result = execute(plugin.client(login), statements.getBytes(StandardCharsets.UTF_8));
        assertThat(result.exitCode()).as("the client says: %s", result.errors()).isZero();
        return result.text();
    }

    Result client(String statements) {
        return execute(plugin.client(login), statements.getBytes(StandardCharsets.UTF_8));
    }

    Result restore(String part, byte[] content) {
        return execute(plugin.restore(part, version, login), content);
    }

    String serverVersion() {
        return ask(plugin.serverVersion(login));
    }

    /** By name. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        ask(plugin.counts(login)).lines().filter(line -> !line.isBlank()).forEach(line -> {
            assertThat(line).as("a name, a tab, a number").matches("[^\\t]+\\t\\d+");
            int tab = line.indexOf('\t');
            assertThat(counts.put(line.substring(0, tab), Long.parseLong(line.substring(tab + 1))))
                    .as("%s is told twice", line)
                    .isNull();
        });
        return counts;
    }

    private String ask(EngineCommand command) {
        var result = execute(command, new byte[0]);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result.text();
    }

    /** Runs a command that reads that, or its own input if it has one. */
    Result execute(EngineCommand command, byte[] input) {
        Map<String, String> environment = new LinkedHashMap<>();
        command.environment().forEach((variable, value) -> environment.put(variable, value.reveal()));
        byte[] read = command.input()
                .map(text -> text.reveal().getBytes(StandardCharsets.UTF_8))
                .orElse(input);
        var request = ExecRequest.of(command.arguments().toArray(String[]::new))
                .environment(environment)
                .withStdin();
        try (ExecSession session = engine.exec(name, request)) {
            var writing = CompletableFuture.runAsync(() -> write(session, read));
            var errors = CompletableFuture.supplyAsync(() -> all(session.stderr()));
            byte[] output = all(session.stdout());
            int exitCode = session.awaitExit(LONG);
            writing.join();
            return new Result(exitCode, output, new String(errors.join(), StandardCharsets.UTF_8));
        }
    }

    /** A command that ends early does not read all: its exit code says why. */
    private static void write(ExecSession session, byte[] content) {
        try (OutputStream stdin = session.stdin()) {
            stdin.write(content);
        } catch (IOException | RuntimeException e) {
            // told by the exit code
        }
    }

    private static byte[] all(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        var text = new StringBuilder();
        try (var lines = engine.logs(name, java.util.Optional.empty(), java.util.Optional.empty(), false)) {
            lines.forEachRemaining(line -> text.append(line.text()).append('\n'));
        }
        return text.toString();
    }

    void remove() {
        engine.remove(name);
        engine.removeVolume(name);
    }
}
