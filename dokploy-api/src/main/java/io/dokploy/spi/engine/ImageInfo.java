package io.dokploy.spi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image as the engine has it.
 *
 * @param id      {@code sha256:…}
 * @param tags    its names
 * @param digests in registries: {@code repository@sha256:…}
 * @param labels  its labels
 * @param size    bytes
 * @param created when
 * @param hasHealthCheck whether it declares a HEALTHCHECK
 */
public record ImageInfo(
        String id,
        List<String> tags,
        List<String> digests,
        Map<String, String> labels,
        long size,
        Instant created,
        boolean hasHealthCheck) {
    public ImageInfo {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
        labels = Map.copyOf(labels);
    }
}
