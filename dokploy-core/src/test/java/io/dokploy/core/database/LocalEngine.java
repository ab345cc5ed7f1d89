package io.dokploy.core.database;

import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.engine.ContainerEngine;
import java.nio.file.Path;

/** The engine of this machine, for contracts. */
final class LocalEngine {

    private LocalEngine() {}

    static ContainerEngine connect() {
        return DockerEngine.connect(
                DockerEndpoint.local(), DockerTools.installed(Path.of(System.getProperty("java.io.tmpdir"))));
    }
}
