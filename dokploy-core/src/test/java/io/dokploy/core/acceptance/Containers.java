package io.dokploy.core.acceptance;

import io.dokploy.core.database.DockerCli;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the engine tells of the containers of one instance, and what they write, looked at all the time. */
final class Containers implements AutoCloseable {

    private final String instance;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Watch watch;

    Containers(String instance) {
        this.instance = instance;
        this.watch = new Watch("containers", Duration.ofMillis(500), this::look);
    }

    String seen() {
        watch.requireOngoing();
        return String.join("\n", seen);
    }

    /** One that is gone before it is asked for has an error for an answer. */
    private void look() {
        DockerCli.run("ps", "--all", "--quiet", "--filter", "label=io.dokploy.instance=" + instance)
                .lines()
                .forEach(container -> {
                    seen.add(DockerCli.run("inspect", container));
                    DockerCli.run("logs", container).lines().forEach(seen::add);
                });
    }

    @Override
    public void close() throws InterruptedException {
        watch.close();
    }
}
