package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.engine.ContainerEngine.ContainerStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The part of {@link ContainerEngineContract} about what goes in and out of containers. */
abstract class ContainerStreamsContract extends ContainerLifecycleContract {

    private static final String THREE_LINES = "echo one; sleep 1.2; echo two >&2; sleep 1.2; echo three";

    @Test
    void theOutputIsReadBackWithItsStreamsAndTimes() {
        String id = started(spec(ShellCommand.script(THREE_LINES)));
        engine().awaitExit(id, LONG);
        List<LogLine> lines = logs(id, Optional.empty(), Optional.empty());
        assertThat(lines).extracting(LogLine::text).containsExactly("one", "two", "three");
        assertThat(lines)
                .extracting(LogLine::stream)
                .containsExactly(LogLine.Stream.STDOUT, LogLine.Stream.STDERR, LogLine.Stream.STDOUT);
        assertThat(lines).extracting(LogLine::time).isSorted().doesNotHaveDuplicates();
        assertThat(lines)
                .extracting(LogLine::container)
                .containsOnly(inspect(id).name());
    }

    @Test
    void theLastLinesOrTheNewerOnesCanBeAskedFor() {
        String id = started(spec(ShellCommand.script(THREE_LINES)));
        engine().awaitExit(id, LONG);
        List<LogLine> all = logs(id, Optional.empty(), Optional.empty());
        Instant afterFirst = all.get(0).time().plusMillis(400);
        assertThat(logs(id, Optional.empty(), Optional.of(1)))
                .extracting(LogLine::text)
                .containsExactly("three");
        assertThat(logs(id, Optional.empty(), Optional.of(0))).isEmpty();
        assertThat(logs(id, Optional.of(afterFirst), Optional.empty()))
                .extracting(LogLine::text)
                .containsExactly("two", "three");
    }

    @Test
    void aFollowerGetsWhatComesAndEndsWithTheContainer() {
        String id = started(spec(ShellCommand.script("trap 'echo bye; exit 0' TERM; echo hello; sleep 3600 & wait")));
        try (LogStream logs = engine().logs(id, Optional.empty(), Optional.empty(), true)) {
            assertThat(logs.next().text()).isEqualTo("hello");
            engine().stop(id, LONG);
            assertThat(logs.next().text()).isEqualTo("bye");
            assertThat(logs.hasNext()).isFalse();
        }
    }

    @Test
    void closingEndsAWaitingFollowerAtOnce() throws Exception {
        String id = started(spec(ShellCommand.script("trap 'exit 0' TERM; echo hello; tail -f /dev/null & wait")));
        LogStream logs = engine().logs(id, Optional.empty(), Optional.empty(), true);
        assertThat(logs.next().text()).isEqualTo("hello");
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(logs::hasNext);
        assertThat(waiting.isDone()).isFalse();
        logs.close();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aCommandHasOutputsAndAnExitCode() throws Exception {
        String id = started(spec(RUNS));
        try (var session = engine().exec(id, ExecRequest.of(ShellCommand.script("echo out; echo err >&2; exit 5")))) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("out\n");
            assertThat(session.stderr().readAllBytes()).asString().isEqualTo("err\n");
            assertThat(session.awaitExit(LONG)).isEqualTo(5);
        }
    }

    @Test
    void theEndOfItsInputReachesTheCommand() throws Exception {
        String id = started(spec(RUNS));
        try (var session = engine().exec(id, ExecRequest.of("wc", "-c").withStdin())) {
            session.stdin().write("123456".getBytes(StandardCharsets.US_ASCII));
            session.stdin().close();
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("6\n");
            assertThat(session.awaitExit(LONG)).isZero();
        }
    }

    @Test
    void bytesPassThroughACommandUnchanged() throws Exception {
        String id = started(spec(RUNS));
        byte[] bytes = new byte[3 << 20];
        new Random(7).nextBytes(bytes);
        try (var session = engine().exec(id, ExecRequest.of("cat").withStdin())) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (var stdin = session.stdin()) {
                    stdin.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var read = new ByteArrayOutputStream();
            session.stdout().transferTo(read);
            writing.get(30, TimeUnit.SECONDS);
            assertThat(session.awaitExit(LONG)).isZero();
            assertThat(read.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void aCommandWithoutInputSeesItsEnd() throws Exception {
        assertThat(output(started(spec(RUNS)), "cat")).isEmpty();
    }

    @Test
    void aCommandHasItsOwnVariables() throws Exception {
        String id = started(spec(RUNS).env("A", "container"));
        var request = ExecRequest.of(ShellCommand.script("echo $A $B")).environment(Map.of("B", "call"));
        try (var session = engine().exec(id, request)) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("container call\n");
        }
    }

    @Test
    void anUnknownProgramFailsAsInAShell() throws Exception {
        assertThat(exitCode(started(spec(RUNS)), "no-such-program")).isIn(126, 127);
    }

    @Test
    void waitingForACommandHasADeadline() {
        String id = started(spec(RUNS));
        try (var session = engine().exec(id, ExecRequest.of("sleep", "600"))) {
            assertThatThrownBy(() -> session.awaitExit(Duration.ofMillis(300))).isInstanceOf(DeadlineException.class);
        }
    }

    @Test
    void closingASessionEndsItsReaders() throws Exception {
        String id = started(spec(RUNS));
        var session = engine().exec(id, ExecRequest.of(ShellCommand.script("echo ready; tail -f /dev/null")));
        assertThat(session.stdout().readNBytes(6)).asString().isEqualTo("ready\n");
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return session.stdout().read();
            } catch (IOException e) {
                return -1;
            }
        });
        session.close();
        assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void nothingRunsInAStoppedContainer() {
        String id = engine().create(spec(RUNS).build());
        assertThatThrownBy(() -> engine().exec(id, ExecRequest.of("true"))).isInstanceOf(UserErrorException.class);
    }

    @Test
    void filesGoInAndOut() throws Exception {
        String id = engine().create(spec(RUNS).build());
        engine().copyIn(id, "/tmp", Tar.of(Map.of("a.txt", "first", "deep/é.txt", "second")));
        engine().start(id);
        assertThat(output(id, "cat", "/tmp/a.txt")).isEqualTo("first");
        try (var tar = engine().copyOut(id, "/tmp/a.txt")) {
            assertThat(Tar.read(tar)).containsExactly(Map.entry("a.txt", "first"));
        }
        engine().stop(id, LONG);
        try (var tar = engine().copyOut(id, "/tmp/deep")) {
            assertThat(Tar.read(tar)).containsExactly(Map.entry("deep/é.txt", "second"));
        }
    }

    @Test
    void missingPathsAreNotFound() {
        String id = started(spec(RUNS));
        assertThatThrownBy(() -> engine().copyIn(id, "/no/such/directory", Tar.of(Map.of("a", "b"))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().copyOut(id, "/no/such/file").readAllBytes())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void itsUseIsSampled() throws Exception {
        needing(Behaviour.STATS, () -> {
            Queue<ContainerStats> samples = new ConcurrentLinkedQueue<>();
            try (var subscription = engine().stats(started(spec(RUNS)), samples::add)) {
                await("two samples", () -> samples.size() >= 2);
            }
            assertThat(samples).allSatisfy(sample -> {
                assertThat(sample.memory()).isPositive();
                assertThat(sample.cpuNanos()).isPositive();
            });
        });
    }

    private List<LogLine> logs(String container, Optional<Instant> since, Optional<Integer> tail) {
        List<LogLine> lines = new ArrayList<>();
        try (LogStream logs = engine().logs(container, since, tail, false)) {
            logs.forEachRemaining(lines::add);
        }
        return lines;
    }
}
