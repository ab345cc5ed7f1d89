package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Actor;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.route.Domain;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.Program;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads who makes the mistakes of docs/getting-started.md. */
class FirstMistakesTest {

    @TempDir
    private Path directory;

    @Test
    void aBadGatewayIsExplained() {
        try (var dokploy = TestDokploy.start()) {
            create(dokploy, Program.serving().answering(call -> HttpReply.status(502, "bad gateway")));
            assertThatThrownBy(() -> dokploy.applications().deploy("shop").await())
                    .isInstanceOf(UnhealthyException.class)
                    .hasMessageContaining("status 502 from ")
                    .hasMessageContaining(":3000 (nothing listens there");
        }
    }

    @Test
    void whoWaitsTooShortlyReadsAtWhichStepItIs() {
        try (var dokploy = TestDokploy.builder().manualTime().start()) {
            create(dokploy, Program.serving().readyAfter(Duration.ofSeconds(10)));
            var operation = dokploy.applications().deploy("shop");
            dokploy.advance(Duration.ofSeconds(5));
            assertThatThrownBy(() -> operation.await(Duration.ofMillis(50)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("was not done within 0.05 s: it is at the step check");
            dokploy.advance(Duration.ofSeconds(10));
            operation.await();
        }
    }

    @Test
    void whatIsNotStartedOrClosedSaysSo() {
        var dokploy = DokployBuilder.create().store(Store.embedded(directory)).build();
        assertThatThrownBy(() -> dokploy.as(Actor.of("ops")))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("it was not started")
                .hasMessageContaining("Call start() first");
        dokploy.close();
        assertThatThrownBy(() -> dokploy.as(Actor.of("ops")))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("it was closed");
    }

    @Test
    void aWrongNameIsSaidTogetherWithAMissingSource() {
        assertThatThrownBy(() -> ApplicationSpec.named("Shop").build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("name: ")
                .hasMessageContaining("source: is missing");
    }

    private static void create(TestDokploy dokploy, Program program) {
        var source = dokploy.directory("shop").commit(program);
        dokploy.applications()
                .create(ApplicationSpec.named("shop")
                        .source(source.source())
                        .domain(Domain.of("shop.localhost"))
                        .build());
    }
}
