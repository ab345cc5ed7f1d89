package io.dokploy.spi.engine;

import java.util.List;
import java.util.Map;

/**
 * A network as it is.
 *
 * @param id         its id
 * @param name       its name
 * @param labels     its labels
 * @param subnet     {@code 10.210.3.0/24}, empty if none
 * @param containers ids of the running containers in it
 */
public record NetworkInfo(String id, String name, Map<String, String> labels, String subnet, List<String> containers) {
    public NetworkInfo {
        labels = Map.copyOf(labels);
        containers = List.copyOf(containers);
    }
}
