package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dokploy.api.Operation;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.release.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host application that closes while a deployment runs: nothing hangs, nothing lives on, the next start goes on. */
class CloseIT {

    /** The test's own, and what a library keeps for the whole JVM. */
    private static final List<String> NOT_OURS = List.of(
            "load-",
            "awaitility",
            "git-server",
            "HTTP-Dispatcher",
            "idle-timeout-task",
            "ForkJoinPool.commonPool",
            "CompletableFutureDelayScheduler",
            "JGit-WorkQueue",
            "process reaper");

    @TempDir
    static Path directory;

    /** Closing waits 20 s for operations and some more for what interrupts do not reach at once. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static Set<Thread> before;
    private static LiveShop shop;

    @BeforeAll
    static void open() {
        before = Thread.getAllStackTraces().keySet();
        shop = new LiveShop(directory);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void inTheBuild() throws Exception {
        var sleep = shop.commitSleepingBuild("built");
        var operation = shop.deploy();
        await().atMost(Site.PATIENCE).until(() -> Processes.anyWith(sleep));
        goesOnAfterClose(
                operation, "built", () -> await().atMost(Site.PATIENCE).until(() -> !Processes.anyWith(sleep)));
    }

    @Test
    void inTheCheck() throws Exception {
        shop.repository.commit("checked", "HEALTH_OK_AFTER=8s");
        goesOnAfterClose(shop.deployUntil("check"), "checked", () -> {});
    }

    @Test
    void inTheDrain() throws Exception {
        shop.repository.commit("drained");
        try (var socket = OpenRequest.to(shop.site.httpPort(), "shop.localhost", "/slow?ms=12000")) {
            goesOnAfterClose(shop.deployUntil("drain"), "drained", () -> {});
            assertThat(socket.status()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void whoeverStopsWaitingCancelsNothing() throws Exception {
        shop.repository.commit("awaited", "HEALTH_OK_AFTER=2s");
        var operation = shop.deployUntil("check");
        var seen = new AtomicReference<Throwable>();
        var waiting = new Thread(() -> {
            try {
                operation.await();
            } catch (RuntimeException e) {
                seen.set(e);
            }
        });
        waiting.start();
        await().atMost(Site.PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        waiting.join();

        assertThat(seen.get()).isInstanceOf(CancellationException.class);
        shop.isLive(operation.await(Site.PATIENCE), "awaited");
    }

    private static void goesOnAfterClose(Operation<Release> operation, String version, Runnable afterClose)
            throws Exception {
        try (var load = shop.load()) {
            var waiting = operation.future();

            assertTimeoutPreemptively(BOUND, shop.site::stop);

            assertThatThrownBy(waiting::join).hasCauseInstanceOf(ShutDownException.class);
            afterClose.run();
            assertNothingLivesOn();
            shop.site.start();
            var release = shop.site.client().operations().get(operation.id()).await(Site.PATIENCE);
            load.close();
            assertThat(load.failures()).isEmpty();
            shop.isLive((Release) release, version);
            try (var afterwards = shop.load()) {
                await().atMost(Site.PATIENCE).until(() -> afterwards.requests() > 20);
                shop.assertUntouched(afterwards);
            }
        }
    }

    private static void assertNothingLivesOn() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            // The JDK's HTTP client ends its thread when nobody holds the client any more.
            System.gc();
            assertThat(Thread.getAllStackTraces().entrySet().stream()
                            .filter(thread -> !before.contains(thread.getKey()))
                            .filter(thread ->
                                    NOT_OURS.stream().noneMatch(thread.getKey().getName()::startsWith))
                            .filter(thread -> !waitsInTheJdksPoolForFiles(thread.getKey(), thread.getValue()))
                            .map(thread -> thread.getKey().getName() + " at " + List.of(thread.getValue())))
                    .isEmpty();
        });
    }

    /** Asynchronous file channels, which the store's database uses, share threads without a name; idle ones end after 60 s. */
    private static boolean waitsInTheJdksPoolForFiles(Thread thread, StackTraceElement[] at) {
        return thread.isDaemon()
                && thread.getName().startsWith("Thread-")
                && Stream.of(at).anyMatch(frame -> frame.getMethodName().equals("getTask"));
    }
}
