package io.dokploy.core.traefik;

import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.testkit.RouterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every router promises, by a real managed Traefik with containers behind it. */
class TraefikRouterIT extends RouterContract {

    @TempDir
    static Path folder;

    private static TestFrontDoor door;

    @BeforeAll
    static void open() {
        door = new TestFrontDoor(folder);
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Override
    protected Router router() {
        return door.router();
    }

    @Override
    protected String instance() {
        return door.instance();
    }

    @Override
    protected PluginContext context() {
        return door.context();
    }

    @Override
    protected String backend(int status) {
        return door.answering(status);
    }
}
