package io.dokploy.testkit.engine;

import io.dokploy.api.ExecSession;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.testkit.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command that runs in a container, in a thread of its own. What it does takes real time, its {@code sleep} takes the
 * engine's: so a wait for its end lasts at most the timeout in real time, and moves the engine's time while it sleeps.
 */
final class ExecRun implements ExecSession {

    private static final long SLICE_MILLIS = 5;
    private static final int BROKEN = 137;

    private final Pipe in = new Pipe();
    private final Pipe out = new Pipe();
    private final Pipe err = new Pipe();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final VirtualTime time;
    private final Timeline.Reachability reachability;
    private final Thread thread;
    private volatile boolean sleeping;

    /** What the thread does. */
    interface Body {
        int run(Shell.Host host) throws IOException, InterruptedException;
    }

    ExecRun(VirtualTime time, Timeline.Reachability reachability, boolean wantsStdin, Body body) {
        this.time = time;
        this.reachability = reachability;
        if (!wantsStdin) {
            in.end();
        }
        this.thread = new Thread(() -> run(body), "in-memory-engine-exec");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Body body) {
        int code = BROKEN;
        try {
            code = body.run(new Inside());
        } catch (IOException e) {
            code = BROKEN; // as if it had died of SIGPIPE
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            out.end();
            err.end();
            in.end();
            exit.complete(code);
        }
    }

    @Override
    public OutputStream stdin() {
        return in.writer();
    }

    @Override
    public InputStream stdout() {
        return out.reader();
    }

    @Override
    public InputStream stderr() {
        return err.reader();
    }

    @Override
    public int awaitExit(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                try {
                    return exit.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (sleeping && !time.await(() -> !sleeping, timeout) || System.nanoTime() > end) {
                        throw new DeadlineException(
                                "command in a container", "it has not ended within " + timeout, "Give it more time.");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("command in a container", "the wait was interrupted", "Ask again.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        in.breakUp();
        out.breakUp();
        err.breakUp();
        thread.interrupt();
    }

    /** What the command sees. */
    private final class Inside implements Shell.Host {
        private final InputStream stdin = in.reader();
        private final OutputStream stdout = out.writer();
        private final OutputStream stderr = err.writer();

        @Override
        public InputStream stdin() {
            return stdin;
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
        public void sleep(Duration duration) throws InterruptedException {
            var over = new CountDownLatch(1);
            sleeping = true;
            time.schedule(duration, () -> {
                sleeping = false;
                over.countDown();
            });
            over.await();
        }

        @Override
        public void runForever() throws InterruptedException {
            Thread.sleep(Long.MAX_VALUE);
        }

        /** Nobody asks an exec to stop. */
        @Override
        public void onStop(String script) {}

        @Override
        public boolean reaches(String host, int port) {
            return reachability.reaches(host, port);
        }

        @Override
        public boolean resolves(String host) {
            return reachability.resolves(host);
        }
    }
}
