package io.dokploy.spi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** All by which the engine knows it, each to be removed before it is gone: tags and digests; its id if it has neither. */
    public List<String> references() {
        List<String> named = Stream.concat(tags.stream(), digests.stream()).toList();
        return named.isEmpty() ? List.of(id) : named;
    }
}
