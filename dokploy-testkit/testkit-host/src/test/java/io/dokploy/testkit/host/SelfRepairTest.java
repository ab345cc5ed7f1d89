package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.route.Domain;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What drifts away comes back without being asked. */
class SelfRepairTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aContainerThatSomebodyRemovedIsThereAgainAfterTheInterval() {
        try (var dokploy = TestDokploy.builder()
                .with(builder -> builder.reconcileEvery(Duration.ofMillis(100)))
                .start()) {
            deploy(dokploy);
            removeAllContainers(dokploy);
            assertThat(dokploy.get("http://shop.localhost/").status()).isNotEqualTo(200);
            await().atMost(PATIENCE).untilAsserted(() -> {
                dokploy.advance(Duration.ofMillis(100));
                assertThat(dokploy.get("http://shop.localhost/").body()).isEqualTo("hello");
            });
        }
    }

    private static void deploy(TestDokploy dokploy) {
        var source = dokploy.directory("shop").commitAnswering("hello");
        dokploy.applications()
                .create(ApplicationSpec.named("shop")
                        .source(source.source())
                        .domain(Domain.of("shop.localhost"))
                        .build());
        dokploy.applications().deploy("shop").await();
        assertThat(dokploy.get("http://shop.localhost/").body()).isEqualTo("hello");
    }

    private static void removeAllContainers(TestDokploy dokploy) {
        dokploy.containers()
                .list(Map.of())
                .forEach(container -> dokploy.containers().remove(container.id()));
    }
}
