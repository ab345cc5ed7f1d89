package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogStream;
import io.dokploy.spi.engine.ContainerEngine.EngineSubscription;
import io.dokploy.spi.engine.ContainerSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Many streams at once, and large ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsIT {

    private static final int FOLLOWERS = 100;
    private static final int SAMPLERS = 20;
    private static final Duration LONG = Duration.ofSeconds(30);

    private DockerEngine engine;
    private String container = "";

    @BeforeAll
    void startContainer(@TempDir Path workspaces) {
        engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspaces));
        container = engine.create(ContainerSpec.of("dokploy-streams-" + UUID.randomUUID(), "busybox:1.37")
                .command(List.of("sh", "-c", "trap 'exit 0' TERM; echo hello; sleep 3600 & wait"))
                .build());
        engine.start(container);
    }

    @AfterAll
    void removeContainer() {
        engine.remove(container);
        engine.close();
    }

    @Test
    void aHundredFollowersAndStatsStreamsStarveNobodyAndEndInSilence() throws Exception {
        var printed = new ByteArrayOutputStream();
        var output = System.out;
        var errors = System.err;
        var problems = new CopyOnWriteArrayList<Throwable>();
        var threadsBefore = engineThreads();
        try (var printer = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(printer);
            System.setErr(printer);
            Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> problems.add(problem));
            var samples = new AtomicInteger();
            var following = new CountDownLatch(FOLLOWERS);
            var logs = new ArrayList<LogStream>();
            var threads = new ArrayList<Thread>();
            var subscriptions = new ArrayList<EngineSubscription>();
            for (int i = 0; i < FOLLOWERS; i++) {
                LogStream stream = engine.logs(container, Optional.empty(), Optional.empty(), true);
                logs.add(stream);
                var thread = new Thread(() -> {
                    stream.next();
                    following.countDown();
                    stream.hasNext();
                });
                thread.start();
                threads.add(thread);
            }
            for (int i = 0; i < SAMPLERS; i++) {
                subscriptions.add(engine.stats(container, sample -> samples.incrementAndGet()));
            }
            assertThat(following.await(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> samples.get() >= SAMPLERS);

            assertThat(engine.info().version()).isNotBlank();
            assertThat(engine.inspect(container)).isPresent();
            try (var session = engine.exec(container, ExecRequest.of("echo", "served"))) {
                assertThat(session.stdout().readAllBytes()).asString().isEqualTo("served\n");
                assertThat(session.awaitExit(LONG)).isZero();
            }

            logs.forEach(LogStream::close);
            subscriptions.forEach(EngineSubscription::close);
            for (var thread : threads) {
                thread.join(LONG.toMillis());
                assertThat(thread.isAlive())
                        .as("a follower ends when it is closed")
                        .isFalse();
            }
            await("no thread is left").until(() -> engineThreads() <= threadsBefore);
        } finally {
            System.setOut(output);
            System.setErr(errors);
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(problems).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static long engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dokploy-engine-stream"))
                .count();
    }

    /** 256 MB there and back in a JVM whose whole heap is a quarter of that. */
    /** The engine itself reads no more then, and leaves the connection open for a minute or for ever. */
    @Test
    void whoWritesToACommandThatHasEndedIsNotKeptWaiting() throws Exception {
        var request =
                ExecRequest.of("sh", "-c", "head -c 1000000 >/dev/null; exit 3").withStdin();
        try (var session = engine.exec(container, request)) {
            var writer = CompletableFuture.supplyAsync(() -> catchThrowable(() -> writeForEver(session.stdin())));
            assertThat(writer.get(LONG.toSeconds() / 2, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            session.stdin().close();
            assertThat(session.awaitExit(LONG)).isEqualTo(3);
        }
    }

    private static void writeForEver(OutputStream stdin) throws IOException {
        var buffer = new byte[64 * 1024];
        while (true) {
            stdin.write(buffer);
        }
    }

    @Test
    void whatPassesThroughACommandNeedsNoMemoryForItsSize() throws Exception {
        assertThat(pass(256)).contains("bytes=" + (256L << 20));
    }

    @Test
    @Tag("long")
    void twoGigabytesPassThroughACommandInConstantMemory() throws Exception {
        assertThat(pass(2048)).contains("bytes=" + (2048L << 20));
    }

    private String pass(int megabytes) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PassThrough.class.getName(),
                        container,
                        Integer.toString(megabytes))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Says how fast it is beside the docker command in the same run; see docs/performance.md. */
    @Test
    @Tag("long")
    void aLargeInputIsAtLeastAsFastAsDockerExec() throws Exception {
        int megabytes = 512;
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < 6; round++) {
            theirs.add(seconds(() -> byDocker(megabytes)));
            ours.add(seconds(() -> PassThrough.count(engine, container, megabytes)));
        }
        double ratio = median(ours) / median(theirs);
        System.out.printf(
                "FIGURE %d MB into an exec: %.2f s, docker exec -i %.2f s, ratio %.2f%n",
                megabytes, median(ours), median(theirs), ratio);
        assertThat(ratio)
                .as("median of 6 rounds each, in turns, against docker exec -i")
                .isLessThan(1.1);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private void byDocker(int megabytes) throws Exception {
        var process = new ProcessBuilder("docker", "exec", "-i", container, "wc", "-c")
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.getOutputStream()) {
            PassThrough.write(stdin, megabytes);
        }
        assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo(((long) megabytes << 20) + "\n");
        assertThat(process.waitFor()).isZero();
    }
}
