package io.dokploy.spi.engine;

import java.util.Map;

/**
 * A bridge network to be made.
 *
 * @param name     its name
 * @param labels   its labels
 * @param internal whether it has no way out
 */
public record NetworkSpec(String name, Map<String, String> labels, boolean internal) {
    public NetworkSpec {
        labels = Map.copyOf(labels);
    }
}
