package io.dokploy.core.acceptance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The arguments of all programs of this machine, looked at all the time. */
final class CommandLines implements AutoCloseable {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "command-lines"));

    CommandLines() {
        timer.scheduleWithFixedDelay(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    String seen() {
        return String.join("\n", seen);
    }

    private void look() {
        ProcessHandle.allProcesses().forEach(process -> seen.add(Processes.arguments(process.pid())));
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }
}
