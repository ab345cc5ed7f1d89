package io.dokploy.testkit.host;

import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.engine.ContainerEngine;
import java.nio.file.Path;

/** The Docker Engine of this machine, for contracts that need a real one, such as that of database plugins. */
public final class LocalEngine {

    private LocalEngine() {}

    /**
     * Connects to it, where {@code DOCKER_HOST} says or at the usual socket. Who asks closes it.
     *
     * @throws io.dokploy.api.error.EngineUnavailableException if none answers
     */
    public static ContainerEngine connect() {
        return DockerEngine.connect(
                DockerEndpoint.local(), DockerTools.installed(Path.of(System.getProperty("java.io.tmpdir"))));
    }
}
