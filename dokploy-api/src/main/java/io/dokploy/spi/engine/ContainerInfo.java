package io.dokploy.spi.engine;

import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Deployer.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as it is.
 *
 * @param id         its id
 * @param name       without leading slash
 * @param image      the id of its image
 * @param labels     its labels
 * @param state      what it does
 * @param exitCode   how it ended, if it did
 * @param outOfMemory whether the kernel killed it for its memory
 * @param restarts   how often the engine started it again
 * @param health     what its own check says
 * @param networks   the networks that it is in, by name
 * @param created    when it was made
 * @param started    when it was started last
 * @param mounts     names of volumes and host paths in it
 */
public record ContainerInfo(
        String id,
        String name,
        String image,
        Map<String, String> labels,
        State state,
        Optional<Integer> exitCode,
        boolean outOfMemory,
        int restarts,
        Health health,
        Map<String, Attached> networks,
        Instant created,
        Optional<Instant> started,
        List<String> mounts) {
    public ContainerInfo {
        labels = Map.copyOf(labels);
        networks = Map.copyOf(networks);
        mounts = List.copyOf(mounts);
    }

    /**
     * How it is in a network.
     *
     * @param address its IPv4 address, empty while it does not run
     * @param aliases the names that it answers to there, as we gave them
     */
    public record Attached(String address, List<String> aliases) {
        public Attached {
            aliases = List.copyOf(aliases);
        }
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
