package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.RouterNotUpdatedException;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.route.Domain;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Router.Published;
import io.dokploy.spi.Router.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to Traefik and its folder harms nobody's site, and the error says what is in the way. */
class TraefikFaultTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static TestFrontDoor door;
    private static String one;
    private static String two;

    @BeforeAll
    static void open() {
        door = new TestFrontDoor(folder, settings -> settings.switchDeadline(DEADLINE));
        one = door.testapp("1");
        two = door.testapp("2");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void aSwitchThatABrokenFileHoldsUpFailsWithItsNameAndTheOldReleaseServes() throws IOException {
        for (String text : List.of(
                "http: [\n",
                "{{ nonsense\n",
                "http: {routers: {x: {rule: \"{{ env }}\"}}}\n",
                "\t- \u0001",
                "http: 7\n")) {
            String host = "broken.localhost";
            door.serve("broken", one, Domain.of(host));
            Path broken = door.watched().resolve("somebody-elses.yml");
            Files.writeString(broken, text);
            Routes next = door.routes(door.application("broken"), List.of(two), Domain.of(host));
            door.router().publish(next);
            assertThatThrownBy(() -> awaitInForce(next))
                    .as(text)
                    .isInstanceOf(RouterNotUpdatedException.class)
                    .hasMessageContaining("somebody-elses.yml")
                    .hasMessageContaining(DEADLINE.toMillis() + " ms")
                    .hasMessageContaining("Mend or remove that file");
            assertThat(version(host)).isEqualTo("1");
            Files.delete(broken);
            awaitInForce(next);
            assertThat(version(host)).as("once the file is gone").isEqualTo("2");
        }
    }

    @Test
    void aFileThatIsBrokenWhenTraefikStartsIsATypedErrorAtTheStart() throws IOException {
        String host = "start.localhost";
        ApplicationRef application = door.serve("start", one, Domain.of(host));
        Path broken = Files.writeString(door.watched().resolve("left-behind.yaml"), "http: [\n");
        door.engine().stop(door.traefik(), Duration.ofSeconds(5));
        assertThatThrownBy(door::startAnew)
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("left-behind.yaml");
        Files.delete(broken);
        door.startAnew();
        await().untilAsserted(() -> assertThat(version(host)).isEqualTo("1"));
        door.router().awaitInForce(application, revision(application), door.context());
    }

    @Test
    void aTraefikThatIsKilledIsStartedByTheEngineAndServesAsBefore() {
        String host = "killed.localhost";
        ApplicationRef application = door.serve("killed", one, Domain.of(host));
        int restarts = door.engine().inspect(door.traefik()).orElseThrow().restarts();
        kill(door.traefik());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(door.engine()
                                .inspect(door.traefik())
                                .orElseThrow()
                                .restarts())
                        .isGreaterThan(restarts));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(version(host)).isEqualTo("1"));
        door.router().awaitInForce(application, revision(application), door.context());
    }

    @Test
    void aFileThatSomebodyChangedIsNoticedAndReplacedByTheNextPublish() throws IOException {
        String host = "edited.localhost";
        ApplicationRef application = door.serve("edited", one, Domain.of(host));
        assertThat(door.router().published(application)).map(Published::intact).contains(true);
        Path file = door.watched().resolve(Names.of(application) + ".yml");
        Files.writeString(file, TestFrontDoor.read(file).replace("http://" + one, "http://" + two));
        await().untilAsserted(() -> assertThat(version(host)).isEqualTo("2"));
        assertThat(door.router().published(application)).map(Published::intact).contains(false);
        door.serve("edited", one, Domain.of(host));
        assertThat(door.router().published(application)).map(Published::intact).contains(true);
        assertThat(version(host)).isEqualTo("1");
    }

    @Test
    void anOlderEpochIsRefusedAlsoIfTheFileWasChanged() throws IOException {
        ApplicationRef application = door.serve("fenced", one, Domain.of("fenced.localhost"));
        Path file = door.watched().resolve(Names.of(application) + ".yml");
        // As a whole, since Traefik would read one that is just being written.
        Path changed = Files.writeString(folder.resolve("changed.yml"), TestFrontDoor.read(file) + "# mine\n");
        Files.move(changed, file, StandardCopyOption.ATOMIC_MOVE);
        Routes now = door.routes(application, List.of(two), Domain.of("fenced.localhost"));
        var older = new Routes(application, now.revision(), 0, now.domains(), now.backends(), List.of());
        assertThatThrownBy(() -> door.router().publish(older)).isInstanceOf(FencedException.class);
        assertThat(version("fenced.localhost")).isEqualTo("1");
    }

    @Test
    void aRevisionThatWasNeverPublishedIsNotInForce() {
        ApplicationRef application = door.serve("never", one, Domain.of("never.localhost"));
        assertThatThrownBy(() -> door.router().awaitInForce(application, 999_999, door.context()))
                .isInstanceOf(RouterNotUpdatedException.class)
                .hasMessageContaining("it still uses the former one");
    }

    @Test
    void aRuleThatTraefikRefusesIsATypedErrorThatSaysWhy() {
        var sameNameElsewhere = Domain.of("refused.localhost").middlewares(List.of("gone@file"));
        Routes routes = door.routes(door.application("refused"), List.of(one), sameNameElsewhere);
        door.router().publish(routes); // without the check, as if the middleware had gone in between
        assertThatThrownBy(() -> awaitInForce(routes))
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("gone@file");
        door.router().withdraw(routes.application());
    }

    private static void awaitInForce(Routes routes) {
        door.router().awaitInForce(routes.application(), routes.revision(), door.context());
    }

    private static long revision(ApplicationRef application) {
        return door.router().published(application).orElseThrow().revision();
    }

    private static String version(String host) throws IOException {
        return door.http(host).get("/").header("X-Version");
    }

    /** As the kernel does when memory runs out; a kill through the engine would count as a wish that it be stopped. */
    private static void kill(String container) {
        String pid = TestFrontDoor.docker("inspect", "--format", "{{.State.Pid}}", container)
                .strip();
        TestFrontDoor.docker("run", "--rm", "--pid=host", "busybox:1.37", "kill", "-9", pid);
    }
}
