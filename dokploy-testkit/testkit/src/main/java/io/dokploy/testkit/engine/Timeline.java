package io.dokploy.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a program of a command that a container runs: the command is run at once, and what it would print and when it
 * would end is noted. As the first process of a container it does not hear signals that it has no trap for.
 */
final class Timeline implements Shell.Host {

    private static final int NO_PORT = 0;

    private final Reachability reachability;
    private final List<Program.Line> lines = new ArrayList<>();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private Duration offset = Duration.ZERO;
    private Optional<String> trap = Optional.empty();

    /** Who can be reached from a container. */
    interface Reachability {
        boolean reaches(String host, int port);

        boolean resolves(String host);
    }

    private Timeline(Reachability reachability) {
        this.reachability = reachability;
    }

    static Program of(
            List<String> words,
            ContainerFiles files,
            Map<String, String> environment,
            Program base,
            Reachability reachability) {
        var timeline = new Timeline(reachability);
        var shell = new Shell(timeline, files, environment, base.commands());
        Optional<Program.Exit> exit;
        try {
            int code = shell.run(words);
            exit = Optional.of(new Program.Exit(timeline.offset, code));
        } catch (Endless e) {
            exit = Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit = Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        timeline.flush();
        Program program = Program.serving()
                .listeningOn(NO_PORT)
                .adding(timeline.lines.stream())
                .stop(timeline.trap.flatMap(script -> stop(script, files, environment, base, reachability)));
        for (var command : base.commands().entrySet()) {
            program = program.command(command.getKey(), command.getValue());
        }
        return exit.isPresent()
                ? program.exitingAfter(exit.get().after(), exit.get().code())
                : program;
    }

    /** An empty trap ignores the signal. */
    private static Optional<Program.Stop> stop(
            String script,
            ContainerFiles files,
            Map<String, String> environment,
            Program base,
            Reachability reachability) {
        if (script.isEmpty()) {
            return Optional.empty();
        }
        Program handler = of(Shell.commandOf(script), files, environment, base, reachability);
        List<String> texts = handler.lines().stream().map(Program.Line::text).toList();
        return handler.exit().map(end -> new Program.Stop(end.after(), end.code(), texts));
    }

    @Override
    public InputStream stdin() {
        return InputStream.nullInputStream();
    }

    @Override
    public OutputStream stdout() {
        return stdout;
    }

    @Override
    public OutputStream stderr() {
        return stderr;
    }

    @Override
    public void sleep(Duration duration) {
        flush();
        offset = offset.plus(duration);
    }

    @Override
    public void runForever() {
        throw new Endless();
    }

    @Override
    public void onStop(String script) {
        trap = Optional.of(script);
    }

    @Override
    public boolean reaches(String host, int port) {
        return reachability.reaches(host, port);
    }

    @Override
    public boolean resolves(String host) {
        return reachability.resolves(host);
    }

    private void flush() {
        flush(stdout, false);
        flush(stderr, true);
    }

    private void flush(ByteArrayOutputStream bytes, boolean isStderr) {
        bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .forEach(text -> lines.add(new Program.Line(offset, isStderr, text)));
        bytes.reset();
    }

    /** The command never ends by itself. */
    private static final class Endless extends RuntimeException {}
}
