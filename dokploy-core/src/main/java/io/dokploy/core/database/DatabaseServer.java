package io.dokploy.core.database;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.PublishedPort.Protocol;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.core.deploy.ContainerEnd;
import io.dokploy.core.deploy.ContainerFiles;
import io.dokploy.core.pipeline.Pacing;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart.Seed;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The container of a database in one place. Every method can be repeated: it looks at what is there and does what is
 * missing.
 */
public final class DatabaseServer {

    static final Duration SHORT = Duration.ofSeconds(30);
    /** Bytes a second, on the slowest of machines. */
    private static final long SLOWEST = 1_000_000;

    private static final int LINES_SHOWN = 20;
    private static final int SEED_MODE = 0644;
    private static final int PRIVATE_MODE = 0600;

    private final Placement placement;
    private final Blueprint blueprint;
    private final String subject;
    private final PluginContext context;
    private final ContainerEngine engine;
    private final Pacing pacing;

    public DatabaseServer(
            Placement placement, Blueprint blueprint, String subject, PluginContext context, Pacing pacing) {
        this.placement = placement;
        this.blueprint = blueprint;
        this.subject = subject;
        this.context = context;
        this.engine = context.engine();
        this.pacing = pacing;
    }

    Placement placement() {
        return placement;
    }

    /** The same engine's tools in another place. */
    DatabaseServer in(Placement other) {
        return new DatabaseServer(other, blueprint, subject, context, pacing);
    }

    /** Its container as it is. @throws NotFoundException if there is none */
    ContainerInfo container() {
        return engine.inspect(placement.container())
                .orElseThrow(() -> new NotFoundException(
                        subject, "it has no container " + placement.container(), "Start the database."));
    }

    /** Makes volume and container in that network, if they are not there. It does not run yet. */
    public void create(DatabaseSpec spec, String image, String network) {
        var there = engine.inspect(placement.container());
        if (there.isPresent()) {
            if (there.get().started().isEmpty()) {
                // Whoever made it may have died before its files were in it.
                renewFiles(blueprint);
            }
            return;
        }
        pull(image, context);
        engine.ensureVolume(placement.volume(), placement.labels());
        var container = ContainerSpec.of(placement.container(), image)
                .environment(blueprint.environment())
                .arguments(blueprint.arguments())
                .labels(placement.labels())
                .resources(spec.resources())
                .restart(RestartPolicy.UNLESS_STOPPED)
                .logs(spec.logs())
                .mount(new EngineMount(placement.volume(), blueprint.dataDirectory(), false))
                .network(network, placement.host().map(NetworkAttachment::named).orElseGet(NetworkAttachment::plain));
        blueprint.stopSignal().ifPresent(container::stopSignal);
        placement
                .published()
                .ifPresent(published -> container.publish(
                        new PublishedPort(published.address(), published.port(), blueprint.port(), Protocol.TCP)));
        engine.create(container.build());
        renewFiles(blueprint);
    }

    /** Copies the files of that blueprint into it, over those that are there. */
    void renewFiles(Blueprint changed) {
        copy(changed.files(), "", placement.container(), engine);
    }

    /** Copies files below that directory. */
    static void copy(List<Blueprint.File> files, String directory, String container, ContainerEngine engine) {
        ContainerFiles.copy(
                files.stream()
                        .map(file -> new ContainerFiles.Entry(
                                directory + file.path(), file.content(), file.mode(), file.owner()))
                        .toList(),
                container,
                engine);
    }

    /**
     * Puts what a part of a dump holds where the engine looks for it when it starts for the first time.
     *
     * @param size of the content
     */
    public void seed(Seed seed, long size, InputStream content) {
        var directory = blueprint.dataDirectory() + "/";
        copy(seed.beside(), directory, placement.container(), engine);
        ContainerFiles.copy(directory + seed.file(), size, SEED_MODE, content, placement.container(), engine);
    }

    /** Unpacks a tar in it before its first start; owners and modes are kept. */
    public void unpack(String folder, InputStream tar) {
        engine.copyIn(placement.container(), folder, tar);
    }

    /** A path of it as a tar. */
    InputStream copyOut(String path) {
        return engine.copyOut(placement.container(), path);
    }

    /**
     * Puts a file in it before its first start.
     *
     * @param path absolute
     * @param size of the content
     */
    public void put(String path, long size, InputStream content) {
        ContainerFiles.copy(path, size, PRIVATE_MODE, content, placement.container(), engine);
    }

    /** Fetches an image that the engine does not have. */
    static void pull(String image, PluginContext context) {
        if (context.engine().inspectImage(image).isEmpty()) {
            context.progress().line("Pulling " + image);
            context.engine()
                    .pull(image, context.registries().forImage(image), context.progress(), context.cancelToken());
        }
    }

    /** Starts it and waits until its engine says that it is ready. */
    public void start(Duration readyWithin) {
        start(readyWithin, List.of(blueprint.ready()));
    }

    /** The same for one that reads so many bytes before it is ready. */
    public void startReading(long bytes, Duration readyWithin) {
        start(readyWithin.plusSeconds(bytes / SLOWEST));
    }

    /** Starts it and waits until one of these commands says that it is ready. */
    void start(Duration readyWithin, List<EngineCommand> answers) {
        engine.start(placement.container());
        boolean ready = pacing.await(readyWithin, context.cancelToken(), () -> isReady(answers));
        if (!ready) {
            throw new UnhealthyException(
                    subject,
                    "it did not get ready within " + readyWithin.toSeconds() + " s" + lastLines(),
                    "Look at its output, or give it more time with readyWithin.");
        }
    }

    /**
     * Whether it can be used.
     *
     * @throws ContainerExitedException if it has ended
     */
    public boolean isReady() {
        return isReady(List.of(blueprint.ready()));
    }

    private boolean isReady(List<EngineCommand> answers) {
        var info = engine.inspect(placement.container());
        if (info.isEmpty() || !info.get().isRunning() || info.get().restarts() > 0) {
            throw ended(info);
        }
        try {
            return answers.stream().anyMatch(this::succeeds);
        } catch (DokployException e) {
            // It may just end, or not have its tools yet; the next look tells.
            return false;
        }
    }

    /** Whether its container runs; it need not be ready. */
    public boolean isRunning() {
        return engine.inspect(placement.container())
                .filter(ContainerInfo::isRunning)
                .isPresent();
    }

    private ContainerExitedException ended(Optional<ContainerInfo> info) {
        return new ContainerExitedException(
                subject,
                "its container " + placement.container() + " ended"
                        + info.flatMap(ContainerInfo::exitCode)
                                .map(code -> " with exit code " + code)
                                .orElse("")
                        + (info.map(ContainerInfo::outOfMemory).orElse(false)
                                ? ", killed for using too much memory"
                                : "")
                        + lastLines(),
                "Look at its output.");
    }

    private String lastLines() {
        try (LogStream logs = engine.logs(placement.container(), Optional.empty(), Optional.of(LINES_SHOWN), false)) {
            List<String> lines = new ArrayList<>();
            logs.forEachRemaining(line -> lines.add(line.text()));
            return lines.isEmpty() ? ", without output" : ". Its last output:\n  | " + String.join("\n  | ", lines);
        } catch (DokployException e) {
            return ". Its output cannot be read: " + e.getMessage();
        }
    }

    /** The login for commands in another container of the same network. */
    Login reachedBy(Login login) {
        return login.at(placement.container(), blueprint.port());
    }

    /** Runs a command and returns what it wrote. */
    public String ask(EngineCommand command) {
        try (var session = EngineSession.start(engine, placement.container(), subject, command)) {
            return session.answer(SHORT);
        }
    }

    /** Runs a command and says whether it ended well; what it wrote is dropped. */
    public boolean succeeds(EngineCommand command) {
        try (var session = EngineSession.start(engine, placement.container(), subject, command)) {
            return session.succeeds(SHORT);
        }
    }

    /** Starts a command whose streams are all the caller's. */
    ExecSession open(ExecRequest request) {
        return engine.exec(placement.container(), request);
    }

    /** Starts a command that writes a stream. */
    public EngineSession reading(EngineCommand command) {
        return EngineSession.start(engine, placement.container(), subject, command);
    }

    /** Starts a command that is told something whenever the caller wants, and answers. */
    public EngineSession talking(EngineCommand command) {
        return EngineSession.startTalking(engine, placement.container(), subject, command);
    }

    /** Starts a command that reads a stream; what it writes is dropped. */
    public EngineSession feeding(EngineCommand command) {
        return EngineSession.startReading(engine, placement.container(), subject, command);
    }

    /** Stops it; it can be started again. */
    public void stop(Duration grace) {
        engine.stop(placement.container(), grace);
    }

    /** Removes the container and keeps the volume. */
    public void removeContainer(Duration grace) {
        ContainerEnd.of(placement.container(), grace, context);
    }

    /** Removes container and volume, and what is left of a {@link DumpFolder} beside them. */
    public void destroy() {
        DumpFolder.remove(placement.container(), context);
        engine.remove(placement.container());
        engine.removeVolume(placement.volume());
    }
}
