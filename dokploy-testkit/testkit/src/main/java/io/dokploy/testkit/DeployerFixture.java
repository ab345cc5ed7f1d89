package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.fail;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.Deployer.CommandResult;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link DeployerContract} stand on. */
abstract class DeployerFixture {

    static final Duration LONG = Duration.ofSeconds(30);
    static final String DIED = "this process has died";
    static final String INSTANCE_LABEL = "io.dokploy.instance";
    private static final String[] RUNS = ShellCommand.script("trap 'exit 0' TERM; echo started; sleep 3600 & wait");

    private final InMemoryEngine memory = InMemoryEngine.create();
    private final List<ApplicationRef> applications = new ArrayList<>();
    private @Nullable TestContext context;

    /** The deployer under test; a new one for each call, as after a restart. */
    protected abstract Deployer deployer();

    /** The engine that the deployer is given; the default is in memory. */
    protected ContainerEngine engine() {
        return memory;
    }

    /** An image on that engine with a shell and the usual small tools. */
    protected String image() {
        memory.script().image("busybox:1.37");
        return "busybox:1.37";
    }

    /** Lets some time go by on the engine. */
    protected void pause(Duration duration) throws InterruptedException {
        if (engine() == memory) {
            memory.script().time().advance(duration);
        } else {
            Thread.sleep(duration.toMillis());
        }
    }

    @BeforeEach
    void makeContext() {
        image();
        context = TestContext.of(engine());
    }

    @AfterEach
    void removeWhatTheTestMade() {
        for (ApplicationRef application : applications) {
            Map<String, String> ours = Map.of(INSTANCE_LABEL, application.instance());
            engine().list(ours).forEach(container -> engine().remove(container.id()));
            engine().listNetworks(ours).forEach(network -> engine().removeNetwork(network.name()));
            engine().listVolumes(ours).forEach(volume -> engine().removeVolume(volume));
        }
        context().close();
        memory.close();
    }

    final TestContext context() {
        if (context == null) {
            throw new IllegalStateException("the context is made before each test");
        }
        return context;
    }

    /** An application of a store of its own. */
    final ApplicationRef application() {
        return remember(
                SampleReleases.application("testkit-" + SampleReleases.unique(8).toLowerCase(Locale.ROOT), "shop"));
    }

    /** The same application, of another store. */
    final ApplicationRef inAnotherStore(ApplicationRef other) {
        return remember(new ApplicationRef(
                other.instance() + "-2", other.id(), other.project(), other.environment(), other.name()));
    }

    /** Another application of the same environment. */
    final ApplicationRef sibling(ApplicationRef other) {
        return remember(new ApplicationRef(
                other.instance(),
                SampleReleases.application(other.instance(), "blog").id(),
                other.project(),
                other.environment(),
                "blog"));
    }

    private ApplicationRef remember(ApplicationRef application) {
        applications.add(application);
        return application;
    }

    final ApplicationSpec.Builder spec() {
        return SampleReleases.spec("shop", image())
                .command(RUNS)
                .restart(RestartPolicy.NEVER)
                .stopGrace(Duration.ofSeconds(5));
    }

    final Release release(ApplicationRef application, ApplicationSpec spec) {
        return SampleReleases.release(application, spec, engine(), image());
    }

    final Target target(ApplicationRef application, int replicas) {
        return new Target(application, release(application, spec().build()), replicas, 1);
    }

    /** Prepares such a release. */
    final Target prepared(ApplicationRef application, int replicas) {
        Target target = target(application, replicas);
        deployer().prepare(target, context());
        return target;
    }

    final List<Process> processes(ApplicationRef application) {
        return deployer().observe(application, context());
    }

    final List<Process> processes(ApplicationRef application, ReleaseId release) {
        return processes(application).stream()
                .filter(process -> process.release().equals(release))
                .toList();
    }

    /** What carries that store's label, by id. */
    final List<String> containers(ApplicationRef application) {
        return engine().list(Map.of(INSTANCE_LABEL, application.instance())).stream()
                .map(ContainerInfo::id)
                .sorted()
                .toList();
    }

    final void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause(Duration.ofMillis(100));
        }
        fail("within 30 seconds this did not come to hold: " + what);
    }

    final List<String> promoted(ApplicationRef application) {
        return processes(application).stream()
                .filter(Process::promoted)
                .map(process -> process.release().value())
                .toList();
    }

    final CommandResult runOnce(Target target, Duration timeout, String... arguments) {
        return deployer().runOnce(target, List.of(arguments), timeout, context());
    }

    final CommandResult execute(Process process, String... arguments) {
        return deployer().execute(process, List.of(arguments), LONG, context());
    }

    final List<LogLine> logs(Target target) {
        List<LogLine> lines = new ArrayList<>();
        try (LogStream logs =
                deployer().logs(target.application(), target.release().id(), LogQuery.all(), context())) {
            logs.forEachRemaining(lines::add);
        }
        return lines;
    }

    /** The engine as a process sees it that dies right after it has started a container: nothing it calls then arrives. */
    final ContainerEngine dyingAfterStart() {
        var dead = new AtomicBoolean();
        return (ContainerEngine) Proxy.newProxyInstance(
                ContainerEngine.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> {
                    if (dead.get()) {
                        throw new IllegalStateException(DIED);
                    }
                    try {
                        Object result = method.invoke(engine(), arguments);
                        dead.set(method.getName().equals("start"));
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
