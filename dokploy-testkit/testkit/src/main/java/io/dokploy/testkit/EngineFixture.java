package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.error.DokployException;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** What the parts of {@link ContainerEngineContract} share: what the implementation gives, and what each test uses. */
abstract class EngineFixture {

    /** What an implementation may lack. What is declared so must fail with a {@link DokployException}, or be declared no more. */
    public enum Behaviour {
        /** Builds with secrets. */
        BUILD_SECRETS,
        /** Samples of use. */
        STATS,
        /** Telling what happens to containers. */
        EVENTS,
        /** Fixed addresses in a network. */
        FIXED_ADDRESS,
        /** Health checks of the engine's own. */
        HEALTH_CHECK
    }

    static final Duration LONG = Duration.ofSeconds(30);
    static final String LABEL = "io.dokploy.testkit";
    static final List<String> RUNS = List.of(ShellCommand.script("trap 'exit 0' TERM; sleep 3600 & wait"));

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private int names;

    /** The engine under test; the same one within a test. It may be used by others. */
    protected abstract ContainerEngine engine();

    /** An image on the engine with a shell and the usual small tools, for example {@code busybox:1.37}. */
    protected abstract String image();

    /** What this engine declares that it cannot do; the default is nothing. */
    protected Set<Behaviour> unsupported() {
        return EnumSet.noneOf(Behaviour.class);
    }

    /** Lets some time go by; an engine with a time of its own lets that go by. */
    protected void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }

    @AfterEach
    void removeWhatTheTestMade() {
        Map<String, String> ours = Map.of(LABEL, run);
        engine().list(ours).forEach(container -> engine().remove(container.id()));
        engine().listNetworks(ours).forEach(network -> engine().removeNetwork(network.name()));
        engine().listVolumes(ours).forEach(volume -> engine().removeVolume(volume));
        engine().listImages(ours).forEach(made -> {
            Stream.concat(made.tags().stream(), Stream.of(made.id())).forEach(engine()::removeImage);
        });
    }

    /** A name that nobody else has. */
    final String name(String what) {
        return "testkit-" + run + "-" + what + names++;
    }

    /** The labels by which this test finds what it made. */
    final Map<String, String> labels() {
        return Map.of(LABEL, run);
    }

    final ContainerSpec.Builder spec(String... command) {
        return spec(List.of(command));
    }

    final ContainerSpec.Builder spec(List<String> command) {
        return ContainerSpec.of(name("c"), image()).command(command).labels(labels());
    }

    /** A running container. */
    final String started(ContainerSpec.Builder spec) {
        String id = engine().create(spec.build());
        engine().start(id);
        return id;
    }

    final ContainerInfo inspect(String container) {
        return engine().inspect(container).orElseThrow();
    }

    /** Waits, in the engine's time, until that holds. */
    final void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause(Duration.ofMillis(100));
        }
        fail("within 30 seconds this did not come to hold: " + what);
    }

    /** The output of a command that ends with 0. */
    final String output(String container, String... command) throws IOException {
        try (var session = engine().exec(container, ExecRequest.of(command))) {
            String text = new String(session.stdout().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(session.awaitExit(LONG))
                    .as("exit code of %s", List.of(command))
                    .isZero();
            return text;
        }
    }

    final int exitCode(String container, String... command) throws IOException {
        try (var session = engine().exec(container, ExecRequest.of(command))) {
            session.stdout().readAllBytes();
            return session.awaitExit(LONG);
        }
    }

    /** A part of a test that may need what the engine lacks. */
    interface Step {
        void run() throws Exception;
    }

    final void needing(Behaviour behaviour, Step step) throws Exception {
        if (unsupported().contains(behaviour)) {
            assertThatThrownBy(step::run)
                    .as("%s is declared as unsupported, so it must be refused", behaviour)
                    .isInstanceOf(DokployException.class);
        } else {
            step.run();
        }
    }
}
