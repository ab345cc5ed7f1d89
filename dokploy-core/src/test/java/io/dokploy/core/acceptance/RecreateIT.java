package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.core.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where two releases cannot run side by side: it is said before, and its downtime is reported. */
class RecreateIT {

    @TempDir
    static Path directory;

    private static final int HOST_PORT = FreePort.next();
    private static Site site;

    @BeforeAll
    static void open() {
        site = new Site(directory.resolve("site"));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of("port", "port " + HOST_PORT + " of the host", (Cause)
                        spec -> spec.publish(PublishedPort.tcp(HOST_PORT, 3000))),
                Arguments.of("volume", "volume data is exclusive", (Cause)
                        spec -> spec.mount(Mount.exclusiveVolume("data", "/data"))),
                Arguments.of(
                        "chosen", "the rollout is set to recreate", (Cause) spec -> spec.rollout(Rollout.recreate())));
    }

    interface Cause {
        ApplicationSpec.Builder addTo(ApplicationSpec.Builder spec);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("causes")
    void theReasonIsSaidBeforeItStartsAndTheDowntimeAfterwards(String name, String reason, Cause cause) {
        try (var repository = new TestRepository(directory.resolve(name))) {
            repository.commit("1");
            var first = site.deploy(cause.addTo(Site.app(name, repository)).build());
            repository.commit("2");
            assertThat(site.applications().plan(name).downtime())
                    .hasValueSatisfying(text -> assertThat(text).contains(reason));

            var deployment = site.applications().deploy(name);
            var live = deployment.await(Site.PATIENCE);

            assertThat(site.get(name + ".localhost", "/").version()).isEqualTo("2");
            assertThat(site.applications().status(name).processes())
                    .hasSize(1)
                    .allMatch(process -> process.release().equals(live.id()));
            assertThat(live.id()).isNotEqualTo(first.id());
            var events = downtimes(deployment.events());
            assertThat(events).hasSize(2);
            assertThat(events.get(0).data().text("reason", "")).contains(reason);
            assertThat(milliseconds(events.get(1))).isPositive();
            System.out.println("recreate (" + name + "): down for " + milliseconds(events.get(1)) + " ms");
        }
    }

    @Test
    void theFormerReleaseIsBackIfTheNewOneFailsAndTheDowntimeIsReported() {
        try (var repository = new TestRepository(directory.resolve("failing"))) {
            int port = FreePort.next();
            repository.commit("1");
            Release first = site.deploy(Site.app("failing", repository)
                    .publish(PublishedPort.tcp(port, 3000))
                    .healthyWithin(Duration.ofSeconds(3))
                    .build());
            repository.commit("2", "HEALTH=fail");
            var deployment = site.applications().deploy("failing");
            assertThatThrownBy(() -> deployment.await(Site.PATIENCE)).isInstanceOf(UnhealthyException.class);

            await("the former release serves again")
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        assertThat(site.get("failing.localhost", "/").version()).isEqualTo("1");
                        assertThat(Answer.get(port, "localhost", "/").version()).isEqualTo("1");
                    });
            assertThat(site.applications().status("failing").live()).contains(first.id());
            assertThat(site.applications().status("failing").processes())
                    .hasSize(1)
                    .allMatch(process -> process.running() && process.release().equals(first.id()));
            var events = downtimes(deployment.events());
            assertThat(events).hasSize(2);
            assertThat(milliseconds(events.get(1))).isGreaterThan(1000);
        }
    }

    private static List<Event> downtimes(List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals(EventType.DOWNTIME))
                .toList();
    }

    private static long milliseconds(Event event) {
        return event.data().number("milliseconds", -1);
    }
}
