package io.dokploy.testkit.engine;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.spi.engine.ImageInfo;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import io.dokploy.spi.engine.NetworkSpec;
import io.dokploy.testkit.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A container engine that keeps everything in memory and passes the same contract test as the real one. What the test
 * says of it (programs, registries, faults) is said through {@link #script()}. Thread-safe.
 */
public final class InMemoryEngine implements ContainerEngine {

    private final World world;
    private final Faults faults = new Faults();
    private final EngineScript script;
    private final List<ExecRun> execs = new CopyOnWriteArrayList<>();
    private final List<StatsFeed> feeds = new CopyOnWriteArrayList<>();

    private InMemoryEngine(VirtualTime time) {
        this.world = new World(time);
        this.script = new EngineScript(world, faults, feeds);
    }

    /** An empty engine whose time jumps over every wait. */
    public static InMemoryEngine create() {
        return create(VirtualTime.autoAdvancing());
    }

    /** An empty engine in that time. */
    public static InMemoryEngine create(VirtualTime time) {
        return new InMemoryEngine(time);
    }

    /** What the test says of this engine, and asks it. */
    public EngineScript script() {
        return script;
    }

    @Override
    public EngineInfo info() {
        return call(EngineOperation.INFO, () -> new EngineInfo("in-memory", "1.0", "1.0", "linux", "amd64", true));
    }

    @Override
    public String create(ContainerSpec spec) {
        return call(EngineOperation.CREATE, () -> world.create(spec));
    }

    @Override
    public void start(String container) {
        run(EngineOperation.START, () -> world.start(container));
    }

    @Override
    public void pause(String container) {
        run(EngineOperation.PAUSE, () -> world.get(container).pause());
    }

    @Override
    public void stop(String container, Duration grace) {
        Optional<Container> found = call(EngineOperation.STOP, () -> {
            Optional<Container> stopping = world.find(container);
            stopping.ifPresent(Container::cease);
            stopping.ifPresent(Container::goOn);
            stopping.filter(Container::runs).ifPresent(Container::askToStop);
            return stopping;
        });
        found.ifPresent(stopping -> {
            await("stop of " + container, () -> !stopping.runs(), grace);
            world.locked(stopping::kill);
        });
    }

    @Override
    public void kill(String container, String signal) {
        run(EngineOperation.KILL, () -> {
            Container found = world.get(container);
            if (found.runs()) {
                found.signal(signal);
            }
        });
    }

    @Override
    public void remove(String container) {
        run(EngineOperation.REMOVE, () -> world.find(container).ifPresent(world::remove));
    }

    @Override
    public void rename(String container, String name) {
        run(EngineOperation.RENAME, () -> {
            Container found = world.get(container);
            if (world.find(name).filter(other -> other != found).isPresent()) {
                throw Refusals.refused("container " + container, "the name " + name + " is already in use");
            }
            found.rename(name);
        });
    }

    @Override
    public Optional<ContainerInfo> inspect(String container) {
        return call(EngineOperation.INSPECT, () -> world.find(container).map(Container::info));
    }

    @Override
    public List<ContainerInfo> list(Map<String, String> labels) {
        return call(
                EngineOperation.LIST,
                () -> world.containers().values().stream()
                        .map(Container::info)
                        .filter(info -> info.labels().entrySet().containsAll(labels.entrySet()))
                        .toList());
    }

    @Override
    public int awaitExit(String container, Duration timeout) {
        Container found = call(EngineOperation.AWAIT_EXIT, () -> world.get(container));
        if (!await(container, () -> found.state() != State.RUNNING && found.state() != State.RESTARTING, timeout)) {
            throw new DeadlineException(
                    "container " + container, "it has not ended within " + timeout, "Give it more time.");
        }
        return world.locked(found::exitCode);
    }

    @Override
    public LogStream logs(String container, Optional<Instant> since, Optional<Integer> tail, boolean follow) {
        return call(EngineOperation.LOGS, () -> world.get(container).log().open(since, tail, follow));
    }

    @Override
    public ExecSession exec(String container, ExecRequest request) {
        return call(EngineOperation.EXEC, () -> {
            Container found = world.get(container);
            if (!found.runs()) {
                throw Refusals.refused("container " + container, "it is not running");
            }
            Map<String, String> environment = found.environment();
            environment.putAll(request.environment());
            Map<String, Command> commands = found.program().commands();
            var run = new ExecRun(
                    world.time(),
                    world.reachability(found),
                    request.stdin(),
                    host -> new Shell(host, found.files(), environment, commands).run(request.arguments()));
            execs.add(run);
            return run;
        });
    }

    @Override
    public void copyIn(String container, String directory, InputStream tar) {
        run(EngineOperation.COPY_IN, () -> world.get(container).files().unpack(directory, tar));
    }

    @Override
    public InputStream copyOut(String container, String path) {
        return call(
                EngineOperation.COPY_OUT,
                () -> new ByteArrayInputStream(world.get(container).files().pack(path)));
    }

    @Override
    public EngineSubscription stats(String container, Consumer<ContainerStats> listener) {
        return call(EngineOperation.STATS, () -> {
            Container found = world.get(container);
            var feed = new StatsFeed(world.time(), found::runs, listener);
            feeds.add(feed);
            return feed;
        });
    }

    @Override
    public Optional<ImageInfo> inspectImage(String reference) {
        return call(EngineOperation.INSPECT_IMAGE, () -> world.images().inspect(reference));
    }

    @Override
    public List<ImageInfo> listImages(Map<String, String> labels) {
        return call(EngineOperation.LIST_IMAGES, () -> world.images().list(labels));
    }

    @Override
    public ImageInfo pull(
            String reference, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        cancelToken.throwIfCancelled();
        progress.line("Pulling " + reference);
        return call(
                EngineOperation.PULL,
                () -> world.images()
                        .inspect(world.pull(reference, credentials).id())
                        .orElseThrow());
    }

    @Override
    public String push(
            String tag, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        cancelToken.throwIfCancelled();
        progress.line("Pushing " + tag);
        return call(EngineOperation.PUSH, () -> {
            Image image = world.images().get(tag);
            String digest = world.registries().push(tag, image, credentials);
            world.images().digest(image, digest);
            return digest;
        });
    }

    @Override
    public void tag(String image, String tag) {
        run(EngineOperation.TAG, () -> world.images().tag(world.images().get(image), tag));
    }

    @Override
    public void removeImage(String reference) {
        run(EngineOperation.REMOVE_IMAGE, () -> {
            Set<String> used = world.containers().values().stream()
                    .map(container -> container.image().id())
                    .collect(Collectors.toSet());
            world.images().remove(reference, used);
        });
    }

    @Override
    public void loadImages(InputStream archive) {
        run(EngineOperation.LOAD_IMAGES, () -> {
            ImageArchive.Saved saved = ImageArchive.read(archive);
            world.images().add(saved.image());
            saved.tags().forEach(tag -> world.images().tag(saved.image(), tag));
        });
    }

    @Override
    public InputStream saveImage(String reference) {
        return call(EngineOperation.SAVE_IMAGE, () -> {
            Image image = world.images().get(reference);
            List<String> tags = ImageName.isId(reference) ? List.of() : List.of(ImageName.normal(reference));
            return ImageArchive.write(new ImageArchive.Saved(image, tags));
        });
    }

    @Override
    public String build(ImageBuild build, Progress progress, CancelToken cancelToken) {
        return call(EngineOperation.BUILD, () -> {
            Image image = new ImageBuilder(build, progress, cancelToken, base -> world.base(base, build.credentials()))
                    .build(world.time().instant());
            world.images().add(image);
            world.images().tag(image, build.tag());
            return image.id();
        });
    }

    @Override
    public long pruneBuildCache() {
        return call(EngineOperation.PRUNE_BUILD_CACHE, () -> 0L);
    }

    @Override
    public void ensureNetwork(NetworkSpec spec) {
        run(EngineOperation.ENSURE_NETWORK, () -> world.networks().ensure(spec));
    }

    @Override
    public Optional<NetworkInfo> inspectNetwork(String name) {
        return call(
                EngineOperation.INSPECT_NETWORK,
                () -> world.networks().find(name).map(Networks.Network::info));
    }

    @Override
    public List<NetworkInfo> listNetworks(Map<String, String> labels) {
        return call(EngineOperation.LIST_NETWORKS, () -> world.networks().list(labels));
    }

    @Override
    public void connect(String network, String container, NetworkAttachment attachment) {
        run(EngineOperation.CONNECT, () -> {
            Networks.Network found = world.networks().get(network);
            Container joining = world.get(container);
            if (found.members().putIfAbsent(joining.id(), attachment) == null && joining.runs()) {
                found.up(joining.id());
            }
        });
    }

    @Override
    public void disconnect(String network, String container) {
        run(
                EngineOperation.DISCONNECT,
                () -> world.networks()
                        .find(network)
                        .ifPresent(found -> world.find(container).ifPresent(leaving -> {
                            found.down(leaving.id());
                            found.members().remove(leaving.id());
                        })));
    }

    @Override
    public void removeNetwork(String name) {
        run(EngineOperation.REMOVE_NETWORK, () -> world.networks().remove(name));
    }

    @Override
    public void ensureVolume(String name, Map<String, String> labels) {
        run(
                EngineOperation.ENSURE_VOLUME,
                () -> world.volumes().computeIfAbsent(name, n -> new World.Volume(Map.copyOf(labels), new FileTree())));
    }

    @Override
    public List<String> listVolumes(Map<String, String> labels) {
        return call(
                EngineOperation.LIST_VOLUMES,
                () -> world.volumes().entrySet().stream()
                        .filter(volume -> volume.getValue().labels().entrySet().containsAll(labels.entrySet()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Override
    public void removeVolume(String name) {
        run(EngineOperation.REMOVE_VOLUME, () -> world.removeVolume(name));
    }

    @Override
    public EngineSubscription events(Consumer<EngineEvent> listener) {
        return call(EngineOperation.EVENTS, () -> world.events().subscribe("events", listener));
    }

    @Override
    public Optional<DiskSpace> diskSpace() {
        return call(EngineOperation.DISK_SPACE, () -> Optional.of(script.space()));
    }

    /** Two, on whatever machine the test runs. */
    @Override
    public Optional<Integer> processors() {
        return Optional.of(2);
    }

    @Override
    public void close() {
        world.events().close();
        feeds.forEach(StatsFeed::close);
        execs.forEach(ExecRun::close);
        world.locked(() ->
                world.containers().values().forEach(container -> container.log().close()));
    }

    private <T> T call(EngineOperation operation, Supplier<T> action) {
        faults.check(operation);
        return world.locked(action);
    }

    private void run(EngineOperation operation, Runnable action) {
        faults.check(operation);
        world.locked(action);
    }

    private boolean await(String subject, BooleanSupplier condition, Duration timeout) {
        try {
            return world.time().await(() -> world.locked(condition::getAsBoolean), timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(subject, "the wait was interrupted", "Ask again if it is still wanted.", e);
        }
    }
}
