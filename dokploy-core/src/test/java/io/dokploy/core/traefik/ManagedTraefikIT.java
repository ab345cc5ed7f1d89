package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Traefik that we run: what it may, what it shows, and what happens when its settings change. */
class ManagedTraefikIT {

    @TempDir
    static Path folder;

    private static TestFrontDoor door;
    private static String app;

    @BeforeAll
    static void open() {
        door = new TestFrontDoor(folder);
        app = door.testapp("1");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void itHasNoSocketOfTheEngineAndIsRestartedByIt() {
        String inspected = TestFrontDoor.docker(
                "inspect",
                "--format",
                "{{json .Mounts}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.ReadonlyRootfs}} {{.Config.Image}}",
                door.traefik());
        assertThat(inspected)
                .doesNotContain("docker.sock")
                .contains("always true " + TraefikSettings.DEFAULT_IMAGE)
                .contains("\"Destination\":\"/etc/dokploy/dynamic\",\"Mode\":\"\",\"RW\":false");
    }

    @Test
    void itsPortsAreThoseOfTheSettingsAndThePrivateOneIsOnLoopback() {
        assertThat(TestFrontDoor.docker("port", door.traefik()).lines().map(line -> line.replaceAll(".* -> ", "")))
                .contains("127.0.0.1:" + door.httpPort(), "127.0.0.1:" + door.httpsPort())
                .allMatch(address -> address.startsWith("127.0.0.1:"));
    }

    @Test
    void nobodyWithoutTheKeyIsToldAnythingAndThereIsNoDashboard() throws IOException {
        int privatePort = Integer.parseInt(
                TestFrontDoor.read(folder.resolve("traefik/private-port")).strip());
        for (String path : List.of("/api/rawdata", "/dashboard/", "/", "/api")) {
            assertThat(new Page.Request(privatePort, false, "traefik").get(path).status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(door.http("traefik").get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aHeaderWithUnderscoresDoesNotPassForAnotherOne() throws IOException {
        door.serve("alias", app, Domain.of("alias.localhost"));
        String seen = door.http("alias.localhost")
                .header("X_Forwarded_User", "admin")
                .header("X-Request-Id", "7")
                .get("/headers")
                .body();
        assertThat(seen).contains("X-Request-Id: 7").doesNotContain("admin");
    }

    @Test
    void aRestartOfThisProgramLeavesItAlone() {
        String before = door.engine().inspect(door.traefik()).orElseThrow().id();
        door.startAnew();
        assertThat(door.engine().inspect(door.traefik()).orElseThrow().id()).isEqualTo(before);
    }

    @Test
    void changedSettingsMakeItAnewAndAllIsServedAsBefore() throws IOException {
        door.serve("kept", app, Domain.of("kept.localhost"));
        String before = door.engine().inspect(door.traefik()).orElseThrow().id();
        TraefikRouter changed = door.newRouter(door.settings().acme("ops@example.com"));
        changed.start(List.of(), door.context());
        assertThat(door.engine().inspect(door.traefik()).orElseThrow().id()).isNotEqualTo(before);
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(door.http("kept.localhost").get("/").status())
                                .isEqualTo(200));
        door.startAnew();
    }

    @Test
    void aPortThatSomebodyElseHasIsNamedAndTheFormerOneGoesOnServing() throws IOException {
        door.serve("held", app, Domain.of("held.localhost"));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TraefikRouter changed = door.newRouter(door.settings().httpPort(taken.getLocalPort()));
            assertThatThrownBy(() -> changed.start(List.of(door.network()), door.context()))
                    .isInstanceOf(RouterSetupException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("httpPort");
        }
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(door.http("held.localhost").get("/").status())
                                .isEqualTo(200));
        door.startAnew();
        assertThat(TestFrontDoor.docker("ps", "--all", "--format", "{{.Names}}", "--filter", "name=" + door.traefik()))
                .isEqualToIgnoringWhitespace(door.traefik());
    }

    @Test
    void anAuthorityThatDoesNotAnswerIsTold() {
        TraefikRouter router = door.newRouter(
                door.settings().acme("ops@example.com").acmeServer(URI.create("https://127.0.0.1:1/dir")));
        router.start(List.of(), door.context());
        Domain domain = Domain.of("acme.example.com").https(Tls.letsEncrypt());
        router.publish(door.routes(door.application("acme"), List.of(app), domain));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(router.certificates(List.of(domain), door.context())
                                .get(0)
                                .problem())
                        .contains("acme.example.com")
                        .contains("https://127.0.0.1:1/dir")
                        .contains("connection refused"));
        router.withdraw(door.application("acme"));
        door.startAnew();
    }
}
