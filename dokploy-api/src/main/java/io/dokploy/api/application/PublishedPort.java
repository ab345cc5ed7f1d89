package io.dokploy.api.application;

import io.dokploy.api.error.Problems;

/**
 * A port of the host that leads straight to the container, past the router. Only one container can have it, so a
 * deployment must stop the old release before it starts the new one.
 *
 * @param address       of the host; {@code 0.0.0.0} for all
 * @param hostPort      on the host
 * @param containerPort in the container
 * @param protocol      tcp or udp
 */
public record PublishedPort(String address, int hostPort, int containerPort, Protocol protocol) {

    /** The protocols that can be published. */
    public enum Protocol {
        /** TCP. */
        TCP,
        /** UDP. */
        UDP
    }

    public PublishedPort {
        Problems.of("published port")
                .require(address.matches("[0-9a-fA-F.:]+"), "address", "must be an IP address")
                .require(hostPort >= 1 && hostPort <= 65535, "hostPort", "must be between 1 and 65535")
                .require(containerPort >= 1 && containerPort <= 65535, "containerPort", "must be between 1 and 65535")
                .throwIfAny();
    }

    /** A TCP port on all addresses of the host. */
    public static PublishedPort tcp(int hostPort, int containerPort) {
        return new PublishedPort("0.0.0.0", hostPort, containerPort, Protocol.TCP);
    }
}
