package io.dokploy.core.acceptance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the engine tells of the containers of one instance, and what they write, looked at all the time. */
final class Containers implements AutoCloseable {

    private final String instance;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "containers"));

    Containers(String instance) {
        this.instance = instance;
        timer.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
    }

    String seen() {
        return String.join("\n", seen);
    }

    private void look() {
        Site.docker("ps", "--all", "--quiet", "--filter", "label=io.dokploy.instance=" + instance)
                .lines()
                .forEach(container -> {
                    seen.add(Site.docker("inspect", container));
                    Site.docker("logs", container).lines().forEach(seen::add);
                });
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }
}
