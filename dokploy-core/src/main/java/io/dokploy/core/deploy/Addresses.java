package io.dokploy.core.deploy;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.engine.ContainerEngine;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The addresses of containers in the network of their environment. They are chosen here and kept for a container's life:
 * an address that the engine chose may be somebody else's when a container that insists on it is started again.
 */
final class Addresses {

    /** Those below are handed out by the engine: to routers and to commands that run once. */
    private static final int FIRST = 64;

    private static final int COUNT = 191;

    private Addresses() {}

    /**
     * An address that no container of the environment has, running or not. Which one depends on the container's name, so
     * that the address of one that is gone is not at once another application's.
     */
    static String free(ContainerEngine engine, ApplicationRef application, String container) {
        var network = Names.network(application);
        var subnet = engine.inspectNetwork(network).orElseThrow().subnet();
        var prefix = subnet.substring(0, subnet.lastIndexOf('.') + 1);
        Set<String> taken = engine.list(Labels.ofEnvironment(application)).stream()
                .flatMap(info -> Optional.ofNullable(info.labels().get(Labels.ADDRESS)).stream())
                .collect(Collectors.toSet());
        int start = Math.floorMod(container.hashCode(), COUNT);
        return IntStream.range(0, COUNT)
                .mapToObj(i -> prefix + (FIRST + (start + i) % COUNT))
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow(() -> new UserErrorException(Failure.user(
                        "no-address",
                        application.subject(),
                        "the network " + network + " has " + COUNT + " containers and no address for another one",
                        "Spread the applications over more environments, or scale some down.")));
    }

    /** Whether another container has the same address: two processes may have chosen it at the same time. */
    static boolean isShared(ContainerEngine engine, ApplicationRef application, String address) {
        return engine.list(Labels.ofEnvironment(application)).stream()
                        .filter(info -> address.equals(info.labels().get(Labels.ADDRESS)))
                        .count()
                > 1;
    }
}
