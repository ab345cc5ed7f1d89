package io.dokploy.spi.engine;

import java.util.List;
import java.util.Optional;

/**
 * How a container is in a network.
 *
 * @param aliases names that it answers to beside its own
 * @param address a fixed IPv4 address of the network's subnet, or empty for any
 */
public record NetworkAttachment(List<String> aliases, Optional<String> address) {
    public NetworkAttachment {
        aliases = List.copyOf(aliases);
    }

    /** Under its own name, at any address. */
    public static NetworkAttachment plain() {
        return new NetworkAttachment(List.of(), Optional.empty());
    }

    /** Under these names too. */
    public static NetworkAttachment named(String... aliases) {
        return new NetworkAttachment(List.of(aliases), Optional.empty());
    }

    /** The same at that address. */
    public NetworkAttachment at(String fixedAddress) {
        return new NetworkAttachment(aliases, Optional.of(fixedAddress));
    }
}
