package io.dokploy.core.schedule;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.event.Event;
import io.dokploy.api.release.Release;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.BackupKeys;
import io.dokploy.core.backup.ImageHandlers;
import io.dokploy.core.backup.PointInTimeHandlers;
import io.dokploy.core.backup.TestPlace;
import io.dokploy.core.backup.VolumeHandlers;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.UserRestarts;
import io.dokploy.core.deploy.DockerDeployer;
import io.dokploy.core.deploy.EnvironmentVolumes;
import io.dokploy.core.local.LocalCaches;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.QueueSettings;
import io.dokploy.core.pipeline.Pacing;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.pipeline.StepListener;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.core.store.ScheduleRow;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.testkit.VirtualTime;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;

/** One program with schedules: the real store, queue and handlers, on an engine in memory, and looks when it is told to. */
final class ScheduleSite implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What several programs share. */
    record World(InMemoryEngine engine, ToyDatabase toy, TestPlace place, MovableClock clock) implements AutoCloseable {

        static World at(String start) {
            var engine = InMemoryEngine.create(VirtualTime.autoAdvancing());
            var clock = new MovableClock(start);
            return new World(engine, ToyDatabase.on(engine, clock), new TestPlace(clock), clock);
        }

        @Override
        public void close() {
            toy.letDumpsGo();
            engine.close();
        }
    }

    private final World world;
    private final StoreAccess store;
    private final BackupKeys keys;
    private final Platform platform;
    private final OperationQueue queue;
    private final DueRuns runs;
    private final BackupScheduler scheduler;

    ScheduleSite(World world, StoreAccess store, Path directory) {
        this(world, store, directory, new BackupKeys(List.of()));
    }

    ScheduleSite(World world, StoreAccess store, Path directory, BackupKeys keys) {
        this.world = world;
        this.store = store;
        this.keys = keys;
        var plugins = new PluginRegistry(List.of(world.toy(), world.place()), List.of());
        var contexts = new Contexts(
                world.engine(),
                directory,
                new LocalCaches(directory),
                HttpClient.newHttpClient(),
                store.json(),
                store.registries(),
                world.clock());
        platform = new Platform(
                store,
                world.engine(),
                new DockerDeployer("busybox:1.37"),
                null,
                plugins,
                null,
                contexts,
                new Pacing(world.clock(), duration -> {}),
                StepListener.none(),
                new Platform.Limits(0));
        queue = new OperationQueue(
                store, world.clock(), QueueSettings.defaults().poll(Duration.ofMillis(200)));
        runs = new DueRuns(platform, queue, new Random(4711));
        scheduler = new BackupScheduler(platform, queue, runs);
    }

    /** Takes up work. */
    ScheduleSite work() {
        Map<String, OperationHandler<?>> handlers = new HashMap<>();
        var restarts = new UserRestarts(platform, queue);
        handlers.putAll(new DatabaseHandlers(platform, restarts).all());
        handlers.putAll(new BackupHandlers(platform, keys, restarts).all());
        handlers.putAll(new VolumeHandlers(platform, keys).all());
        handlers.putAll(new ImageHandlers(platform, keys).all());
        handlers.putAll(new PointInTimeHandlers(platform, keys, restarts).all());
        queue.start(handlers);
        return this;
    }

    /** A database and the place {@code memory}. */
    void provision(String... names) {
        store.backups().putTarget("memory", TestPlace.settings().toDocument());
        for (String name : names) {
            var database = store.databases()
                    .insert(
                            "default",
                            "production",
                            DatabaseSpec.named(name, ToyDatabase.settings()).build(),
                            "1");
            queue.submit(OperationRequest.of(
                            DatabaseHandlers.CREATE,
                            database.id().value(),
                            name,
                            Actor.of("test"),
                            DatabaseHandlers.arguments(database).build(),
                            Database.class,
                            Duration.ofHours(1)))
                    .await(PATIENCE);
        }
    }

    /** An application with a volume that holds so many bytes which nothing can compress. */
    void mountVolume(String name, int size) {
        var spec = ApplicationSpec.named(name)
                .source(ImageSource.of("toy:1"))
                .mount(Mount.volume("files", "/data"))
                .build();
        var application = platform.ref(store.applications()
                .find("default", "production", name)
                .orElseGet(() -> store.applications().insert("default", "production", spec)));
        var volume = EnvironmentVolumes.name(application, "files");
        var engine = world.engine();
        engine.ensureVolume(volume, EnvironmentVolumes.labels(application));
        engine.remove("filler");
        engine.create(ContainerSpec.of("filler", "toy:1")
                .network("none", NetworkAttachment.plain())
                .mount(new EngineMount(volume, "/data", false))
                .build());
        engine.copyIn("filler", "/data", new ByteArrayInputStream(tar(size)));
        engine.remove("filler");
    }

    /** An application's live release, whose image holds that text. */
    void release(String name, String content) {
        var application =
                store.applications().find("default", "production", name).orElseThrow();
        var tag = name + ":" + content.length();
        var image = world.engine().script().image(tag, Map.of("content", content), false);
        var release = new Release(
                store.ids().newReleaseId(),
                application.id(),
                store.ids().newOperationId(),
                new Release.ReleaseImage(image, tag, Optional.empty(), Optional.empty()),
                application.spec(),
                Map.of(),
                Optional.empty(),
                now(),
                Actor.of("test"));
        store.releases().insert(release);
        store.applications()
                .setLive(
                        application.id(), store.applications().raiseEpoch(application.id()), Optional.of(release.id()));
    }

    private static byte[] tar(int size) {
        var bytes = new ByteArrayOutputStream();
        var content = new byte[size];
        new Random(4711).nextBytes(content);
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("content");
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Stores the log of a database, with a first base. */
    void archive(String name) {
        var database = store.databases().find("default", "production", name).orElseThrow();
        store.logArchives().insert(database.id(), "memory", name);
        queue.submit(OperationRequest.of(
                        PointInTimeHandlers.START,
                        database.id().value(),
                        name,
                        Actor.of("test"),
                        DatabaseHandlers.arguments(database)
                                .put(BackupHandlers.SCHEDULE, Backup.POINT_IN_TIME)
                                .build(),
                        LogArchive.class,
                        Duration.ofHours(1)))
                .await(PATIENCE);
    }

    void put(BackupSchedule schedule) {
        put("production", schedule);
    }

    void put(String environment, BackupSchedule schedule) {
        var subject = schedule.subject();
        var source = switch (subject.kind()) {
            case VOLUMES, IMAGE ->
                store.applications()
                        .find("default", "production", subject.name())
                        .orElseThrow()
                        .id()
                        .value();
            case STORE -> "";
            default ->
                store.databases()
                        .find("default", "production", subject.name())
                        .orElseThrow()
                        .id()
                        .value();
        };
        store.schedules().put(new ScheduleRow("default", environment, source, schedule, runs.begin(schedule, now())));
    }

    ScheduleRow row(String name) {
        return store.schedules().find("default", "production", name).orElseThrow();
    }

    /** Looks, and waits for the end of all that comes of it. */
    void look() {
        scheduler.look();
        settle();
    }

    void lookWithoutWaiting() {
        scheduler.look();
    }

    /** Looks, and waits until a backup has begun; the daily sweep may have been submitted after it. */
    void lookUntilItRuns() {
        lookUntilItRuns(BackupHandlers.BACK_UP);
    }

    void lookUntilItRuns(String kind) {
        scheduler.look();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> operations(kind).stream().anyMatch(record -> record.state() == State.RUNNING));
    }

    void settle() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> queue.list(50).stream()
                        .allMatch(record -> record.state().isFinal()));
    }

    /** Moves the time from one step to the next up to then, and looks each time. */
    void pass(Instant until, Duration step) {
        while (now().isBefore(until)) {
            world.clock().advance(step);
            look();
        }
    }

    Instant now() {
        return world.clock().instant();
    }

    /** Newest first. */
    List<CataloguedBackup> backups(String database) {
        return store.backups().list(Kind.DATABASE, "default", "production", database);
    }

    /** Newest first. */
    List<CataloguedBackup> backups(Subject subject) {
        return subject.kind() == Kind.STORE
                ? store.backups().list(Kind.STORE, "", "", "")
                : store.backups().list(subject.kind(), "default", "production", subject.name());
    }

    List<OperationRecord> operations(String kind) {
        return queue.list(10_000).stream()
                .filter(record -> record.kind().equals(kind))
                .toList();
    }

    List<Event> events(String type) {
        return store.events().read(0, 1_000_000).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    StoreAccess store() {
        return store;
    }

    DueRuns runs() {
        return runs;
    }

    OperationQueue queue() {
        return queue;
    }

    Platform platform() {
        return platform;
    }

    @Override
    public void close() {
        world.toy().letDumpsGo();
        scheduler.close();
        queue.close();
    }
}
