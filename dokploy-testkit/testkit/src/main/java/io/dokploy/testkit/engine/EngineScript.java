package io.dokploy.testkit.engine;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.engine.ContainerEngine.DiskSpace;
import io.dokploy.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test says of an in-memory engine, and asks it beside the engine's own interface. Thread-safe. */
public final class EngineScript {

    private static final long GIBIBYTE = 1L << 30;

    private final World world;
    private final Faults faults;
    private final List<StatsFeed> feeds;
    private volatile DiskSpace space = new DiskSpace(50 * GIBIBYTE, 100 * GIBIBYTE);

    EngineScript(World world, Faults faults, List<StatsFeed> feeds) {
        this.world = world;
        this.faults = faults;
        this.feeds = feeds;
    }

    /** The time of this engine. */
    public VirtualTime time() {
        return world.time();
    }

    /** Waits, in real time, until all who listen to events and stats have heard what has happened so far. */
    public void awaitDelivery() throws InterruptedException {
        world.events().awaitDelivery();
        for (StatsFeed feed : feeds) {
            feed.awaitDelivery();
        }
    }

    // What runs

    /** What runs in containers of that image from their next start on: {@code shop}, {@code registry/shop:1} or an id. */
    public EngineScript program(String image, Program program) {
        world.locked(() -> world.programs().put(image, program));
        return this;
    }

    /** Ends what runs in a container, as if by itself: its restart policy counts. */
    public void exit(String container, int code) {
        world.locked(() -> world.get(container).exit(code));
    }

    /** Ends what runs in a container as the kernel does when it takes too much memory. */
    public void killForMemory(String container) {
        world.locked(() -> world.get(container).killForMemory());
    }

    /** Restarts the engine: all that ran ends, and starts again (at another address) as its restart policy says. */
    public void restartEngine() {
        world.locked(() -> {
            List<Container> running =
                    world.containers().values().stream().filter(Container::runs).toList();
            running.forEach(container -> container.exit(137));
        });
    }

    // What is reached

    /** The addresses of the running containers that have that name or alias in a network; none if there is none. */
    public List<String> resolve(String network, String name) {
        return world.locked(() -> world.resolve(network, name).stream()
                .map(container -> world.networks().get(network).address(container.id()))
                .toList());
    }

    /**
     * Asks what runs under that name or address in a network.
     *
     * @return empty if nobody has that name or accepts the connection
     */
    public Optional<HttpReply> request(String network, String host, int port, HttpCall call) {
        Optional<Container> target = world.locked(() -> world.resolve(network, host).stream()
                .filter(container -> container.accepts(port))
                .findFirst());
        return target.map(container -> container.program().handler().apply(call));
    }

    // Images and registries

    /** Puts an image on the engine under that name. @return its id */
    public String image(String tag) {
        return image(tag, Map.of(), false);
    }

    /** Puts an image on the engine, with these labels, and with a health check of its own or not. @return its id */
    public String image(String tag, Map<String, String> labels, boolean hasHealthCheck) {
        return world.locked(() -> {
            var image = new Image(
                    Image.sha256("image " + tag), labels, time().instant(), hasHealthCheck, List.of(), List.of());
            world.images().add(image);
            world.images().tag(image, tag);
            return image.id();
        });
    }

    /** Makes a registry that has only what is pushed or published to it. */
    public EngineScript registry(String host) {
        world.locked(() -> world.registries().declare(host, Optional.empty()));
        return this;
    }

    /** Makes a registry that wants this login. */
    public EngineScript registry(RegistryCredentials login) {
        world.locked(() -> world.registries().declare(login.host(), Optional.of(login)));
        return this;
    }

    /** Whether a registry answers. */
    public EngineScript registryAnswers(String host, boolean answers) {
        world.locked(() -> world.registries().unavailable(host, !answers));
        return this;
    }

    /** Puts something new behind that name in its registry. @return the id of the image that a pull gets now */
    public String publish(String reference, String content) {
        return world.locked(() -> {
            Image image = Image.of(reference + " " + content, time().instant());
            world.registries().put(reference, image);
            return image.id();
        });
    }

    /** There is no such image to pull. */
    public EngineScript notPullable(String reference) {
        world.locked(() -> world.registries().missing(reference));
        return this;
    }

    /** How much room the engine says it has. */
    public EngineScript diskSpace(long free, long total) {
        space = new DiskSpace(free, total);
        return this;
    }

    DiskSpace space() {
        return space;
    }

    // Faults

    /** The next call of that operation fails so; said twice, the next two. */
    public EngineScript failNext(EngineOperation operation, RuntimeException exception) {
        faults.failNext(operation, exception);
        return this;
    }

    /** Every call of that operation fails so, until {@link #available()}. */
    public EngineScript failAlways(EngineOperation operation, RuntimeException exception) {
        faults.failAlways(operation, exception);
        return this;
    }

    /** Every call fails as if the engine did not answer, until {@link #available()}. */
    public EngineScript unavailable() {
        faults.unavailable(true);
        return this;
    }

    /** Ends all faults. */
    public EngineScript available() {
        faults.clear();
        return this;
    }

    /** How often that operation was asked for. */
    public int calls(EngineOperation operation) {
        return faults.calls(operation);
    }
}
