package io.dokploy.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Processes.ProcessCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesTest {

    @TempDir
    Path directory;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final TestToken token = new TestToken();
    private final LocalProcesses processes = new LocalProcesses(token, UnaryOperator.identity());

    private ProcessCommand script(String text, Duration timeout) {
        return new ProcessCommand(
                List.of("sh", "-c", text),
                Map.of("GIVEN", "yes"),
                Map.of("TOKEN", Secret.of("s3cr3t")),
                directory,
                timeout);
    }

    private int run(String text) {
        return processes.run(script(text, Duration.ofSeconds(30)), lines::add);
    }

    @Test
    void both_outputs_come_as_lines_and_the_exit_code_is_returned() {
        assertThat(run("echo one; echo two >&2; printf 'three\\r\\nfour\\rfive'; exit 7"))
                .isEqualTo(7);
        assertThat(lines).containsExactly("one", "two", "three", "four", "five");
    }

    @Test
    void a_program_that_ends_is_noticed_also_when_the_common_pool_of_the_JVM_is_busy() {
        var release = new CountDownLatch(1);
        int tasks = ForkJoinPool.commonPool().getParallelism() + 1;
        var busy = IntStream.range(0, tasks)
                .mapToObj(i -> ForkJoinPool.commonPool().submit(() -> release.await(1, TimeUnit.MINUTES)))
                .toList();
        try {
            assertThat(processes.run(script("exit 3", Duration.ofSeconds(10)), lines::add))
                    .isEqualTo(3);
        } finally {
            release.countDown();
            busy.forEach(ForkJoinTask::join);
        }
    }

    @Test
    void the_environment_is_small() {
        run("env | cut -d= -f1 | sort");
        assertThat(lines).contains("PATH", "HOME", "GIVEN", "TOKEN");
        assertThat(lines)
                .allMatch(name ->
                        name.matches("PATH|HOME|GIVEN|TOKEN|LC_ALL|PWD|OLDPWD|SHLVL|_|(?i)(http|https|no|all)_proxy"));
    }

    @Test
    void secrets_of_the_command_are_masked() {
        run("echo token=$TOKEN");
        assertThat(lines).containsExactly("token=********");
    }

    @Test
    void a_line_without_end_takes_no_memory_without_end() {
        run("head -c 20000000 /dev/zero | tr '\\0' x");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).length()).isLessThan(20_000);
        assertThat(lines.get(0)).endsWith("(19983616 more characters)");
    }

    @Test
    void a_missing_program_is_named() {
        assertThatThrownBy(() -> processes.run(
                        new ProcessCommand(
                                List.of("no-such-program"), Map.of(), Map.of(), directory, Duration.ofSeconds(5)),
                        lines::add))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void after_its_time_the_program_and_its_children_are_gone() {
        assertThatThrownBy(() -> processes.run(
                        script("trap '' TERM; sleep 1000 & echo $!; echo $$; wait; sleep 1000", Duration.ofMillis(500)),
                        lines::add))
                .isInstanceOf(DeadlineException.class);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2).noneMatch(LocalProcessesTest::runs);
    }

    @Test
    void cancelling_ends_the_program_and_its_children() {
        var run = CompletableFuture.supplyAsync(() -> run("sleep 1000 & echo $!; echo $$; wait"));
        await().until(() -> lines.size() == 2);
        token.cancel();
        assertThatThrownBy(run::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CancelledException.class);
        assertThat(lines).noneMatch(LocalProcessesTest::runs);
    }

    @Test
    void cancelling_ends_grandchildren_too() {
        var run = CompletableFuture.supplyAsync(
                () -> run(
                        "sh -c 'sh -c \"trap : TERM; sleep 1000 & echo \\$!; wait; sleep 1000\" & echo $!; wait' & echo $!; wait"));
        await().until(() -> lines.size() == 3);
        token.cancel();
        assertThatThrownBy(run::join).hasCauseInstanceOf(CancelledException.class);
        assertThat(lines).noneMatch(LocalProcessesTest::runs);
    }

    @Test
    void an_interrupt_ends_the_program_and_stays_set() throws InterruptedException {
        var outcome = new CompletableFuture<Boolean>();
        Thread thread = new Thread(() -> {
            try {
                run("echo $$; sleep 1000");
            } catch (CancelledException e) {
                outcome.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        await().until(() -> lines.size() == 1);
        thread.interrupt();
        assertThat(outcome.join()).isTrue();
        thread.join();
        assertThat(lines).noneMatch(LocalProcessesTest::runs);
    }

    @Test
    void a_child_in_the_background_does_not_hold_the_call() {
        assertThat(run("sleep 20 & echo $!; echo done")).isZero();
        assertThat(lines).hasSize(2);
        ProcessHandle.of(Long.parseLong(lines.get(0))).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_failing_reader_ends_the_program() {
        assertThatThrownBy(() -> processes.run(script("echo $$; sleep 1000", Duration.ofSeconds(30)), line -> {
                    lines.add(line);
                    throw new IllegalStateException("reader");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reader");
        assertThat(lines).noneMatch(LocalProcessesTest::runs);
    }

    /** Shells say "Terminated" among the process ids. */
    private static boolean runs(String pid) {
        return pid.matches("[0-9]+")
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    /** A token that the test fires. */
    static final class TestToken implements CancelToken {
        private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

        void cancel() {
            cancelled.complete(null);
        }

        @Override
        public boolean isCancelled() {
            return cancelled.isDone();
        }

        @Override
        public void throwIfCancelled() {
            if (isCancelled()) {
                throw new CancelledException("test", "cancelled", "");
            }
        }

        @Override
        public Registration onCancel(Runnable action) {
            var registration = cancelled.thenRun(action);
            return () -> registration.cancel(false);
        }
    }
}
