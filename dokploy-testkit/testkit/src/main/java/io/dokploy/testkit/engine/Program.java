package io.dokploy.testkit.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What runs in the containers of an image. {@link #serving()} is the default: it runs until it is stopped and answers
 * every request on every port with 200. The other methods give changed copies. Immutable; all durations count from the
 * container's start, in the engine's time.
 *
 * @param handler     answers requests
 * @param ports       on which it listens; empty: all
 * @param ready       before that it refuses connections
 * @param readyProbes so many requests are refused first
 * @param health      what its own health check comes to; empty: it has none of its own
 * @param exit        when it ends by itself
 * @param stop        what it does when asked to stop; empty: nothing
 * @param lines       what it prints
 * @param commands    what {@code exec} can run beside the built-in ones, by name
 */
public record Program(
        Function<HttpCall, HttpReply> handler,
        Set<Integer> ports,
        Duration ready,
        int readyProbes,
        Optional<OwnHealth> health,
        Optional<Exit> exit,
        Optional<Stop> stop,
        List<Line> lines,
        Map<String, Command> commands) {

    public Program {
        ports = Set.copyOf(ports);
        lines = List.copyOf(lines);
        commands = Map.copyOf(commands);
    }

    /** What a health check comes to after a time. */
    public record OwnHealth(Duration after, boolean healthy) {}

    /** When a program ends by itself, and how. */
    public record Exit(Duration after, int code) {}

    /**
     * How a program ends when it is asked to.
     *
     * @param after how long it takes
     * @param code  its exit code
     * @param lines what it prints before
     */
    public record Stop(Duration after, int code, List<String> lines) {
        public Stop {
            lines = List.copyOf(lines);
        }
    }

    /** A line that is printed. */
    public record Line(Duration after, boolean toStderr, String text) {}

    /** Runs until it is stopped, answers every request on every port with 200. */
    public static Program serving() {
        return new Program(
                call -> HttpReply.ok("ok\n"),
                Set.of(),
                Duration.ZERO,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Stop(Duration.ZERO, 0, List.of())),
                List.of(),
                Map.of());
    }

    /** Ends by itself after a time, and serves until then. */
    public static Program exiting(Duration after, int code) {
        return serving().exitingAfter(after, code);
    }

    /** The same, answering like that. */
    public Program answering(Function<HttpCall, HttpReply> newHandler) {
        return new Program(newHandler, ports, ready, readyProbes, health, exit, stop, lines, commands);
    }

    /** The same, listening on these ports only. */
    public Program listeningOn(int... newPorts) {
        Set<Integer> set = IntStream.of(newPorts).boxed().collect(Collectors.toSet());
        return new Program(handler, set, ready, readyProbes, health, exit, stop, lines, commands);
    }

    /** The same, refusing connections before that. */
    public Program readyAfter(Duration after) {
        return new Program(handler, ports, after, readyProbes, health, exit, stop, lines, commands);
    }

    /** The same, refusing so many connections first. */
    public Program readyAfterProbes(int probes) {
        return new Program(handler, ports, ready, probes, health, exit, stop, lines, commands);
    }

    /** The same with a health check of its own that comes to healthy. */
    public Program healthyAfter(Duration after) {
        return health(new OwnHealth(after, true));
    }

    /** The same with a health check of its own that comes to unhealthy. */
    public Program unhealthyAfter(Duration after) {
        return health(new OwnHealth(after, false));
    }

    /** The same, ending by itself. */
    public Program exitingAfter(Duration after, int code) {
        Exit end = new Exit(after, code);
        return new Program(handler, ports, ready, readyProbes, health, Optional.of(end), stop, lines, commands);
    }

    /** The same, deaf to the stop signal. */
    public Program ignoringStop() {
        return stop(Optional.empty());
    }

    /** The same, taking a time to stop. */
    public Program stoppingAfter(Duration after, int code) {
        return stop(Optional.of(new Stop(after, code, List.of())));
    }

    /** The same, printing these lines when it starts. */
    public Program printing(String... texts) {
        return adding(Stream.of(texts).map(text -> new Line(Duration.ZERO, false, text)));
    }

    /** The same, printing that line then. */
    public Program printing(Duration after, String text) {
        return adding(Stream.of(new Line(after, false, text)));
    }

    /** The same, with a command for {@code exec} and for containers that run it instead. */
    public Program command(String name, Command command) {
        Map<String, Command> all = new HashMap<>(commands);
        all.put(name, command);
        return new Program(handler, ports, ready, readyProbes, health, exit, stop, lines, all);
    }

    Program stop(Optional<Stop> newStop) {
        return new Program(handler, ports, ready, readyProbes, health, exit, newStop, lines, commands);
    }

    Program adding(Stream<Line> more) {
        List<Line> all = Stream.concat(lines.stream(), more).toList();
        return new Program(handler, ports, ready, readyProbes, health, exit, stop, all, commands);
    }

    private Program health(OwnHealth newHealth) {
        return new Program(handler, ports, ready, readyProbes, Optional.of(newHealth), exit, stop, lines, commands);
    }
}
