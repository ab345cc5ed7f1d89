package io.dokploy.core.deploy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.spi.engine.ContainerEngine;

/** Copies the files of a spec into a container that does not run yet. */
final class FileMounts {

    /** Readable by whatever user the image runs as; nobody else gets into the container. */
    private static final int READABLE = 0444;

    private FileMounts() {}

    static void copy(ApplicationSpec spec, String container, ContainerEngine engine) {
        ContainerFiles.copy(
                spec.mounts().stream()
                        .filter(Mount.File.class::isInstance)
                        .map(Mount.File.class::cast)
                        .map(file -> new ContainerFiles.Entry(file.target(), file.content(), READABLE))
                        .toList(),
                container,
                engine);
    }
}
