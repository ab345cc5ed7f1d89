package io.dokploy.testkit;

import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.InMemoryEngine;
import io.dokploy.testkit.engine.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class InMemoryRouterTest extends RouterContract {

    private final InMemoryEngine engine = InMemoryEngine.create();
    private final TestContext context = TestContext.of(engine);
    private final Router router = router(engine);
    private int backends;

    InMemoryRouterTest() {
        engine.ensureNetwork(new NetworkSpec("front", Map.of(), false));
        router.start(List.of("front"), context);
    }

    @AfterEach
    void close() {
        context.close();
        engine.close();
    }

    Router router(InMemoryEngine asked) {
        return new InMemoryRouter(asked.script());
    }

    @Override
    protected Router router() {
        return router;
    }

    @Override
    protected String instance() {
        return "testkit";
    }

    @Override
    protected PluginContext context() {
        return context;
    }

    @Override
    protected String backend(int status) {
        String image = "backend-" + status + ":1";
        String name = "backend-" + status + "-" + backends++;
        engine.script().image(image);
        engine.script().program(image, Program.serving().answering(call -> HttpReply.status(status, "")));
        engine.create(ContainerSpec.of(name, image)
                .network("front", NetworkAttachment.plain())
                .build());
        engine.start(name);
        return name;
    }
}
