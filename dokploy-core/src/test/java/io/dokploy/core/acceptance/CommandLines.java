package io.dokploy.core.acceptance;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The arguments of all programs of this machine, looked at all the time. */
final class CommandLines implements AutoCloseable {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch("command-lines", Duration.ofMillis(20), this::look);

    String seen() {
        watch.requireOngoing();
        return String.join("\n", seen);
    }

    private void look() {
        ProcessHandle.allProcesses().forEach(process -> seen.add(Processes.arguments(process.pid())));
    }

    @Override
    public void close() throws InterruptedException {
        watch.close();
    }
}
