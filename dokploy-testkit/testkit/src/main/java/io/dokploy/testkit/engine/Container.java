package io.dokploy.testkit.engine;

import io.dokploy.api.LogLine;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.engine.ContainerEngine.EngineEvent;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerInfo.Attached;
import io.dokploy.spi.engine.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One container: what it is, what it does, and what will happen to it. Guarded by the engine's lock. */
final class Container {

    private static final Set<String> STOP_SIGNALS = Set.of("TERM", "INT", "QUIT", "HUP");
    private static final int KILLED = 137;
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final String id;
    private final ContainerSpec spec;
    private final Image image;
    private final World world;
    private final ContainerFiles files;
    private final ContainerLog log = new ContainerLog();
    private final Instant created;
    private String name;
    private volatile State state = State.CREATED;
    private Health health = Health.NONE;
    private Optional<Integer> exitCode = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Program program = Program.serving();
    private boolean outOfMemory;
    private boolean stoppedOnPurpose;
    private int restarts;
    private int probes;
    private int run;

    Container(String id, ContainerSpec spec, Image image, ContainerFiles files, World world) {
        this.id = id;
        this.spec = spec;
        this.image = image;
        this.files = files;
        this.world = world;
        this.created = world.time().instant();
        this.name = spec.name();
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    ContainerSpec spec() {
        return spec;
    }

    Image image() {
        return image;
    }

    ContainerFiles files() {
        return files;
    }

    ContainerLog log() {
        return log;
    }

    Program program() {
        return program;
    }

    boolean runs() {
        return state == State.RUNNING;
    }

    State state() {
        return state;
    }

    int exitCode() {
        return exitCode.orElse(0);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOSTNAME", id.substring(0, 12));
        for (Map.Entry<String, EnvironmentValue> variable : spec.environment().entrySet()) {
            environment.put(variable.getKey(), variable.getValue().reveal());
        }
        return environment;
    }

    void pause() {
        if (runs()) {
            state = State.PAUSED;
        }
    }

    /** No longer paused. */
    void goOn() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
        }
    }

    void start() {
        goOn();
        if (runs()) {
            return;
        }
        world.networks().of(id).values().forEach(network -> network.up(id));
        stoppedOnPurpose = false;
        outOfMemory = false;
        exitCode = Optional.empty();
        state = State.RUNNING;
        started = Optional.of(world.time().instant());
        probes = 0;
        run++;
        log.running(true);
        program = world.program(this);
        happened("start");
        program.lines().forEach(line -> later(line.after(), () -> print(line.toStderr(), line.text())));
        beginHealth();
        program.exit().ifPresent(exit -> later(exit.after(), () -> exit(exit.code())));
    }

    /** Asks it to stop; whether and when it does is its own affair. */
    void askToStop() {
        stoppedOnPurpose = true;
        program.stop()
                .ifPresent(stop -> later(stop.after(), () -> {
                    stop.lines().forEach(text -> print(false, text));
                    exit(stop.code());
                }));
    }

    void signal(String signal) {
        String bare = signal.replaceFirst("^SIG", "");
        if (bare.equals("KILL") || bare.equals("9")) {
            kill();
        } else if (STOP_SIGNALS.contains(bare)
                || spec.stopSignal().filter(signal::equals).isPresent()) {
            askToStop();
        }
    }

    void kill() {
        goOn();
        stoppedOnPurpose = true;
        exit(KILLED);
    }

    void killForMemory() {
        outOfMemory = true;
        happened("oom");
        exit(KILLED);
    }

    /** It ends, for whatever reason; the restart policy decides what comes next. */
    void exit(int code) {
        if (!runs()) {
            return;
        }
        run++;
        exitCode = Optional.of(code);
        state = State.EXITED;
        health = health == Health.NONE ? Health.NONE : Health.UNHEALTHY;
        world.networks().of(id).values().forEach(network -> network.down(id));
        log.running(false);
        happened("die");
        boolean again = !stoppedOnPurpose
                && (spec.restart() == RestartPolicy.UNLESS_STOPPED
                        || spec.restart() == RestartPolicy.ON_FAILURE && code != 0);
        if (again) {
            state = State.RESTARTING;
            later(restartDelay(), () -> {
                restarts++;
                start();
            });
        }
        world.time().changed();
    }

    /** Ends also a restart that is due. */
    void cease() {
        if (state == State.RESTARTING) {
            run++;
            state = State.EXITED;
        }
    }

    /** Whether a connection to that port is accepted now. */
    boolean accepts(int port) {
        boolean listens = program.ports().isEmpty() || program.ports().contains(port);
        boolean ready = started.isPresent()
                && !world.time().instant().isBefore(started.get().plus(program.ready()));
        return runs() && listens && ready && probes++ >= program.readyProbes();
    }

    void happened(String action) {
        world.events()
                .tell(new EngineEvent(id, action, spec.labels(), world.time().instant()));
    }

    ContainerInfo info() {
        Map<String, Attached> attached = new HashMap<>();
        world.networks()
                .of(id)
                .forEach((network, of) -> attached.put(network, new Attached(of.address(id), of.aliases(id))));
        return new ContainerInfo(
                id,
                name,
                image.id(),
                spec.labels(),
                state,
                exitCode,
                outOfMemory,
                restarts,
                health,
                attached,
                created,
                started,
                spec.mounts().stream().map(ContainerSpec.EngineMount::source).toList());
    }

    private void beginHealth() {
        Program.OwnHealth own = program.health().orElse(null);
        List<String> check = spec.health().orElse(List.of());
        if (own == null && (image.hasHealthCheck() || !check.isEmpty())) {
            boolean good = check.isEmpty() || world.succeeds(this, check);
            own = new Program.OwnHealth(Duration.ofSeconds(good ? 1 : 3), good);
        }
        if (own == null) {
            health = Health.NONE;
            return;
        }
        health = Health.STARTING;
        Health verdict = own.healthy() ? Health.HEALTHY : Health.UNHEALTHY;
        later(own.after(), () -> {
            health = verdict;
            happened("health_status: " + (verdict == Health.HEALTHY ? "healthy" : "unhealthy"));
        });
    }

    private void print(boolean toStderr, String text) {
        var stream = toStderr ? LogLine.Stream.STDERR : LogLine.Stream.STDOUT;
        log.append(new LogLine(world.time().instant(), name, stream, text));
    }

    /** Grows with each restart, as Docker's does. */
    private Duration restartDelay() {
        Duration delay = Duration.ofMillis(100L << Math.min(restarts, 20));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    /** Does it then, unless the container has ended or started again meanwhile. What is due now is done now. */
    private void later(Duration after, Runnable action) {
        if (after.isZero()) {
            action.run();
            return;
        }
        int thisRun = run;
        world.time()
                .schedule(
                        after,
                        () -> world.locked(() -> {
                            if (run == thisRun) {
                                action.run();
                            }
                        }));
    }
}
