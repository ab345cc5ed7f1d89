package io.dokploy.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.engine.EngineOperation;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContainerEndTest {

    @Test
    void oneThatIsBetweenTwoStartsAndCannotBeStoppedIsRemovedAllTheSame() {
        try (var engine = InMemoryEngine.create();
                var context = TestContext.of(engine)) {
            engine.script().image("toy:1");
            var container = engine.create(ContainerSpec.of("toy", "toy:1").build());
            engine.start(container);
            engine.script()
                    .failNext(
                            EngineOperation.STOP,
                            new UserErrorException(
                                    Failure.user("restarting", "container toy", "it restarts", "Wait.")));

            ContainerEnd.of(container, Duration.ofSeconds(1), context);

            assertThat(engine.inspect(container)).isEmpty();
            assertThat(context.progressLines()).anyMatch(line -> line.contains("it restarts"));
        }
    }
}
