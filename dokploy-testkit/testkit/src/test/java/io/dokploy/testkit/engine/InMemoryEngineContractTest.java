package io.dokploy.testkit.engine;

import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.ContainerEngineContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class InMemoryEngineContractTest extends ContainerEngineContract {

    private final InMemoryEngine engine = InMemoryEngine.create();

    InMemoryEngineContractTest() {
        engine.script().image("busybox:1.37");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    @Override
    protected String image() {
        return "busybox:1.37";
    }

    /** Time passes on the engine, and whoever listens hears of it. */
    @Override
    protected void pause(Duration duration) throws InterruptedException {
        engine.script().time().advance(duration);
        engine.script().awaitDelivery();
    }
}
