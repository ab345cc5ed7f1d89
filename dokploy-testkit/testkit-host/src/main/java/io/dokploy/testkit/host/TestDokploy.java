package io.dokploy.testkit.host;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Client;
import io.dokploy.api.Dokploy;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.event.Event;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.Store;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.InMemoryRouter;
import io.dokploy.testkit.VirtualTime;
import io.dokploy.testkit.engine.EngineScript;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A whole Dokploy in a test: the real pipeline, queue and store (in memory), on an engine and a router in memory.
 *
 * <pre>{@code
 * try (var dokploy = TestDokploy.start()) {
 *     var source = dokploy.directory("shop").commitAnswering("hello");
 *     dokploy.applications().create(ApplicationSpec.named("shop")
 *             .source(source.source())
 *             .domain(Domain.of("shop.localhost"))
 *             .build());
 *     dokploy.applications().deploy("shop").await();
 *     assertEquals("hello", dokploy.get("http://shop.localhost/").body());
 * }
 * }</pre>
 *
 * Nobody waits: time jumps over each wait, unless {@link Builder#manualTime()} says that only the test moves it. The
 * methods are for the test's thread; Dokploy works in its own.
 */
public final class TestDokploy implements AutoCloseable {

    private final VirtualTime time;
    private final boolean manualTime;
    private final UnaryOperator<DokployBuilder> settings;
    private final TestDirectory directory = new TestDirectory();
    private final MemoryDatabase database = new MemoryDatabase();
    private final KeyProvider keys = KeyProvider.of(MasterKey.of(new byte[MasterKey.LENGTH]));
    private final SecureRandom random = new RepeatableRandom();
    private final InMemoryEngine engine;
    private final InMemoryRouter router;
    private final ProgramBuilder programs;
    private final StepFaults faults = new StepFaults();
    private final List<TestSource> sources = new ArrayList<>();
    private volatile Consumer<Life.Effect> witness = effect -> {};
    private volatile Process process;

    private TestDokploy(Builder builder) {
        time = builder.manualTime ? VirtualTime.manual() : VirtualTime.autoAdvancing();
        manualTime = builder.manualTime;
        settings = builder.settings;
        engine = InMemoryEngine.create(time);
        engine.script().image("busybox:1.37");
        router = new InMemoryRouter(engine.script());
        programs = new ProgramBuilder(engine.script());
        process = open();
    }

    /** One with all defaults, started. */
    public static TestDokploy start() {
        return builder().start();
    }

    /** One with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a {@link TestDokploy}. Not thread-safe. */
    public static final class Builder {
        private boolean manualTime;
        private UnaryOperator<DokployBuilder> settings = UnaryOperator.identity();

        private Builder() {}

        /** Only {@link TestDokploy#advance} and {@link TestDokploy#runUntilIdle} move the time. */
        public Builder manualTime() {
            manualTime = true;
            return this;
        }

        /**
         * Changes how Dokploy is built: notifiers, an authorizer, workers. Done at each start, so plugins can be made
         * anew. Without a call of {@code plugins} all on the class path are there, as always.
         */
        public Builder with(UnaryOperator<DokployBuilder> newSettings) {
            settings = newSettings;
            return this;
        }

        /** Starts it. */
        public TestDokploy start() {
            return new TestDokploy(this);
        }
    }

    /** What runs in one life. */
    private record Process(Life life, Dokploy dokploy) {}

    private Process open() {
        var life = new Life(time, effect -> witness.accept(effect));
        var builder = DokployBuilder.create().plugins(Plugins.discover());
        var dokploy = settings.apply(builder)
                .store(Store.exclusive(life.during(database.dataSource()), keys))
                .directory(directory.path().resolve("data"))
                .engine(life.during(ContainerEngine.class, engine))
                .router(life.during(Router.class, router))
                .plugin(programs)
                .time(time, life::sleep)
                .random(random)
                .steps((application, step) -> begun(life, step))
                .build();
        life.burial(dokploy::close);
        dokploy.start();
        return new Process(life, dokploy);
    }

    // What the host application uses

    /** The instance, for the code under test. After a {@link #restart()} it is another one. */
    public Dokploy dokploy() {
        return process.dokploy();
    }

    /** As somebody called {@code test}. */
    public Client client() {
        return dokploy().as(Actor.of("test"));
    }

    /** The applications of the default environment. */
    public Applications applications() {
        return client().applications();
    }

    /** An operation, also one from before a restart. */
    public Operation<?> operation(OperationId id) {
        return client().operations().get(id);
    }

    /** All that has happened, from the beginning. */
    public List<Event> events() {
        return dokploy().events().read(0, Integer.MAX_VALUE);
    }

    // What is deployed, and where it runs

    /** A directory to deploy from; it begins with a program that serves. */
    public TestSource directory(String name) {
        return known(TestSource.directory(directory.make("source-" + name), programs));
    }

    /** A Git repository to deploy from; it begins with a commit of a program that serves. */
    public TestSource repository(String name) {
        return known(TestSource.repository(directory.make("source-" + name), programs));
    }

    private TestSource known(TestSource source) {
        sources.add(source);
        return source;
    }

    /** Asks the front door, as a browser would: {@code http://shop.localhost/path}. See {@link InMemoryRouter#request}. */
    public HttpReply get(String url) {
        var uri = URI.create(url);
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return router.request(uri.getHost(), HttpCall.get(path));
    }

    /** The front door itself: other requests, and some that last. */
    public InMemoryRouter router() {
        return router;
    }

    /** What the test says of the engine: registries, faults, ended containers. */
    public EngineScript engine() {
        return engine.script();
    }

    /** The containers that there are, of whatever kind. */
    public ContainerEngine containers() {
        return engine;
    }

    // Time

    /** The time that all of it lives in. */
    public VirtualTime time() {
        return time;
    }

    /** Moves the time; what gets due on the way happens at its time. */
    public void advance(Duration duration) {
        if (manualTime) {
            new Idling(client().operations(), time).advance(duration);
        } else {
            time.advance(duration);
        }
    }

    /** Lets everything that was asked for come to its end, and moves the time as far as that needs. */
    public void runUntilIdle() {
        new Idling(client().operations(), time).run(manualTime);
    }

    // What goes wrong

    /** The next time that this step begins it fails, as if the engine had gone. */
    public void failAt(String step) {
        failAt(
                step,
                new EngineUnavailableException(
                        "step " + step, "the test lets it fail", "Deploy again: it fails only once."));
    }

    /** The next time that this step begins it fails with that. */
    public void failAt(String step, RuntimeException failure) {
        faults.plan(step, () -> failure);
    }

    /**
     * The next time that this step begins the process dies, as by {@code kill -9}. Who waits for an operation gets a
     * {@link io.dokploy.api.error.TemporaryException}: that this process ends, or that its store is gone; {@link #restart()} starts another process on the same store, and
     * the same engine and router, which stayed as they were.
     */
    public void crashAt(String step) {
        faults.plan(step, ProcessDied::new);
    }

    /** The process dies now. */
    public void crash() {
        process.life().end();
    }

    /** Closes it, unless it is dead, and starts another one on the same store. */
    public void restart() {
        process.dokploy().close();
        process = open();
    }

    /** Whether the process has died by {@link #crashAt} or {@link #crash}, and was not restarted. */
    public boolean isDead() {
        return process.life().isOver();
    }

    /** Told of each call that reaches engine, router or store, before it does. */
    void witness(Consumer<Life.Effect> newWitness) {
        witness = newWitness;
    }

    private void begun(Life life, String step) {
        Throwable fault = faults.take(step).orElse(null);
        if (fault instanceof ProcessDied died) {
            life.end();
            throw died;
        } else if (fault instanceof RuntimeException failure) {
            throw failure;
        }
    }

    /** Closes Dokploy and forgets everything. */
    @Override
    public void close() {
        process.dokploy().close();
        sources.forEach(TestSource::close);
        engine.close();
        database.close();
        directory.delete();
    }
}
