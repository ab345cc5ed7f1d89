package io.dokploy.core.docker;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogLine;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DokployException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command inside a container, over a connection of its own whose sending half can be closed. */
final class DockerExec implements ExecSession {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final EngineClient client;
    private final String id;
    private final String subject;
    private final EngineConnection connection;
    private final EngineResponse response;
    private final Stdin stdin;
    private final BoundedPipe stdout = new BoundedPipe();
    private final BoundedPipe stderr = new BoundedPipe();
    private final CountDownLatch ended = new CountDownLatch(1);

    static DockerExec start(EngineClient client, String container, ExecRequest request) {
        var subject = "command in container " + container;
        var node = Json.object()
                .put("AttachStdin", request.stdin())
                .put("AttachStdout", true)
                .put("AttachStderr", true);
        node.set("Cmd", Json.array(request.arguments()));
        node.set(
                "Env",
                Json.array(request.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList()));
        request.user().ifPresent(user -> node.put("User", user));
        request.directory().ifPresent(directory -> node.put("WorkingDir", directory));
        var id = client.json(
                        subject,
                        EngineRequest.post("/containers/" + EngineRequest.encode(container) + "/exec")
                                .json(node))
                .path("Id")
                .asString("");
        return new DockerExec(client, id, subject, request.stdin());
    }

    private DockerExec(EngineClient client, String id, String subject, boolean wantsStdin) {
        this.client = client;
        this.id = id;
        this.subject = subject;
        var upgraded = client.upgrade(
                subject,
                EngineRequest.post("/exec/" + id + "/start")
                        .json(Json.object().put("Detach", false).put("Tty", false))
                        .streaming());
        this.connection = upgraded.connection();
        this.response = upgraded.response();
        this.stdin = new Stdin(connection, wantsStdin);
        var pump = new Thread(this::pump, "dokploy-exec");
        pump.setDaemon(true);
        pump.start();
    }

    private void pump() {
        try {
            var frames = new Frames(response.body());
            for (var frame = frames.next(); frame != null; frame = frames.next()) {
                (frame.stream() == LogLine.Stream.STDERR ? stderr : stdout).write(frame.bytes());
            }
        } catch (IOException e) {
            // The connection was cut: by close(), or by the engine, which awaitExit tells.
        } finally {
            stdout.end();
            stderr.end();
            ended.countDown();
        }
        endInput();
    }

    /**
     * The engine reads nothing more for a command that has ended, and leaves the connection open: who writes to it would
     * wait for ever. A command may also close its output and read on, so its exit is what counts.
     */
    private void endInput() {
        try {
            while (stdin.isOpen()) {
                if (exitCode().isPresent()) {
                    stdin.closed = true;
                    response.close();
                }
                Thread.sleep(LONGEST_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | DokployException e) {
            // Whoever waits for the exit is told by the engine itself.
        }
    }

    /** Empty: it runs, or the engine has not started it yet. */
    private OptionalInt exitCode() {
        var code =
                client.json(subject, EngineRequest.get("/exec/" + id + "/json")).path("ExitCode");
        return code.isNumber() ? OptionalInt.of(code.asInt()) : OptionalInt.empty();
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public int awaitExit(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            // The engine knows the exit code a little after the output has ended. A command may also end while a child
            // of its own holds the output open, or close its outputs and go on.
            var pause = FIRST_PAUSE;
            while (System.nanoTime() < deadline) {
                var code = exitCode();
                if (code.isPresent()) {
                    return code.getAsInt();
                }
                var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                pause = await(left.compareTo(pause) < 0 ? left : pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(subject, "the waiting thread was interrupted", "Try again.", e);
        }
        throw new DeadlineException(
                subject, "it has not ended within " + timeout.toMillis() + " ms", "Give it more time, or close it.");
    }

    /** Waits that long, or until the output ends. @return how long to wait the next time */
    private Duration await(Duration pause) throws InterruptedException {
        boolean hadEnded = ended.getCount() == 0;
        if (hadEnded) {
            Thread.sleep(pause.toMillis());
        } else if (ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            return FIRST_PAUSE;
        }
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    @Override
    public void close() {
        stdout.close();
        stderr.close();
        stdin.closed = true;
        try {
            response.close();
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing it is the end of file that the command sees; its output goes on. Without input all of it is dropped. */
    private static final class Stdin extends FilterOutputStream {
        private final EngineConnection connection;
        private volatile boolean closed;

        Stdin(EngineConnection connection, boolean wanted) {
            super(wanted ? connection.out() : OutputStream.nullOutputStream());
            this.connection = connection;
            this.closed = !wanted;
        }

        boolean isOpen() {
            return !closed;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                flush();
                connection.shutdownOutput();
            }
        }
    }
}
