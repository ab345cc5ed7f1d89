package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.application.LogRotation;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.Resources;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.ByteSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spec says about its containers is in force on them. */
class ContainerSettingsIT {

    @TempDir
    static Path directory;

    private static Site site;

    @BeforeAll
    static void open() {
        site = new Site(directory.resolve("site"));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void limitsAreInForceInside() {
        site.deploy(worker("limited")
                .command("sh", "-c", "echo nofile $(ulimit -Sn) $(ulimit -Hn); exec /testapp worker")
                .arguments()
                .resources(Resources.unlimited()
                        .memory(ByteSize.mebibytes(64))
                        .memoryReservation(ByteSize.mebibytes(32))
                        .cpus(0.5)
                        .ulimits(List.of(new Resources.Ulimit("nofile", 1234, 2345))))
                .build());
        // cgroup v2, else v1
        assertThat(inside("limited", "cd /sys/fs/cgroup; cat memory.max || cat memory/memory.limit_in_bytes"))
                .isEqualTo(Integer.toString(64 << 20));
        assertThat(inside(
                        "limited", "cd /sys/fs/cgroup; cat cpu.max || cat cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us"))
                .matches("50000\\s+100000");
        // Some programs raise their own limit, Go's among them: what counts is what the first process was given.
        assertThat(output("limited", LogQuery.all())).contains("nofile 1234 2345");
        assertThat(inspect("limited", "{{.HostConfig.MemoryReservation}}")).isEqualTo(Integer.toString(32 << 20));
    }

    @Test
    void mountsAreThere() throws IOException {
        Files.createDirectories(directory.resolve("host"));
        Files.writeString(directory.resolve("host/page"), "from the host");
        site.deploy(worker("mounted")
                .mount(Mount.volume("written", "/written"))
                .mount(new Mount.Volume("written", "/read", true, false))
                .mount(Mount.bind(directory.resolve("host").toString(), "/host"))
                .mount(Mount.file("colour=blue\n", "/etc/shop/shop.conf"))
                .build());
        assertThat(inside("mounted", "echo kept > /written/file; cat /read/file /host/page /etc/shop/shop.conf"))
                .isEqualTo("kept\nfrom the hostcolour=blue");
        assertThat(inside("mounted", "echo x > /read/file || echo refused")).isEqualTo("refused");
        assertThat(inside("mounted", "echo x > /host/new || echo refused")).isEmpty();
        assertThat(directory.resolve("host/new")).hasContent("x");
    }

    @Test
    void whatEndsIsStartedAgainOnlyIfThePolicySaysSo() {
        site.deploy(Site.image("stubborn").build());
        site.deploy(Site.image("final").restart(RestartPolicy.NEVER).build());
        site.get("stubborn.localhost", "/exit?code=3");
        site.get("final.localhost", "/exit?code=3");
        await("it runs again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> site.applications().status("stubborn").processes().stream()
                        .anyMatch(process -> process.running() && process.restarts() > 0));
        assertThat(site.applications().status("final").processes()).hasSize(1).allSatisfy(process -> {
            assertThat(process.running()).isFalse();
            assertThat(process.exitCode()).contains(3);
        });
    }

    @Test
    void theStopSignalIsTheOneThatWasAskedFor() {
        var first = site.deploy(worker("signalled").stopSignal("SIGINT").build());
        site.applications().restart("signalled").await(Site.PATIENCE);
        assertThat(output("signalled", LogQuery.all().release(first.id()))).contains("testapp: interrupt finishing");
    }

    @Test
    void commandArgumentsLabelsAndLogRotationArrive() {
        site.deploy(ApplicationSpec.named("labelled")
                .source(Site.TESTAPP)
                .command("sh", "-c")
                .arguments("echo \"$0 $1\"; exec /testapp worker", "first", "second argument")
                .label("team", "a \"b\"")
                .logs(new LogRotation(ByteSize.mebibytes(1), 2))
                .health(HealthCheck.settle(Duration.ofSeconds(1)))
                .build());
        assertThat(output("labelled", LogQuery.all())).contains("first second argument");
        assertThat(inspect("labelled", "{{index .Config.Labels \"team\"}}")).isEqualTo("a \"b\"");
        assertThat(inspect("labelled", "{{json .HostConfig.LogConfig}}"))
                .contains("\"max-size\":\"1048576\"", "\"max-file\":\"2\"");
    }

    @Test
    void anHttpCheckAsksForItsHostAndExpectsItsStatus() {
        var server = """
                import http.server
                class Picky(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(418 if self.headers["Host"] == "shop.internal" else 500)
                        self.end_headers()
                http.server.HTTPServer(("", 3000), Picky).serve_forever()
                """;
        var spec = ApplicationSpec.named("picky")
                .source(ImageSource.of("python:3.13-slim").pull(ImageSource.Pull.MISSING))
                .command("python3", "-c", server)
                .stopGrace(Duration.ofSeconds(1))
                .healthyWithin(Duration.ofSeconds(15));
        var check = HttpHealthCheck.get("/anything").port(3000);
        site.deploy(spec.health(check.host("shop.internal").status(418)).build());
        refused(
                spec.healthyWithin(Duration.ofSeconds(3))
                        .health(check.status(418))
                        .build(),
                "status 500");
    }

    @Test
    void aTcpCheckWantsAnOpenPort() {
        site.deploy(Site.image("open").health(HealthCheck.tcp(3000)).build());
        assertThat(site.leftovers()).noneMatch(line -> line.startsWith("open-"));
        refused(
                Site.image("open")
                        .health(HealthCheck.tcp(3999))
                        .healthyWithin(Duration.ofSeconds(2))
                        .build(),
                "port 3999 should accept connections");
    }

    @Test
    void aCommandCheckWantsExitCodeZero() {
        site.deploy(Site.image("checked")
                .health(HealthCheck.command("/testapp", "healthcheck"))
                .build());
        refused(
                Site.image("checked")
                        .health(HealthCheck.command("/testapp", "exit", "7"))
                        .healthyWithin(Duration.ofSeconds(2))
                        .build(),
                "exit code 7");
    }

    @Test
    void theImagesOwnCheckIsBelieved() {
        try (var repository = new TestRepository(directory.resolve("own"))) {
            var dockerfile =
                    "FROM dokploy/testapp:1\nHEALTHCHECK --interval=1s --retries=1 CMD [\"/testapp\", \"healthcheck\"]\n";
            repository.commitDockerfile(dockerfile);
            site.deploy(Site.app("own", repository)
                    .healthyWithin(Duration.ofSeconds(8))
                    .health(HealthCheck.image())
                    .build());
            repository.commitDockerfile(dockerfile + "ENV HEALTH=fail\n");
            assertThatThrownBy(() -> site.applications().deploy("own").await(Site.PATIENCE))
                    .isInstanceOf(UnhealthyException.class);
        }
    }

    @Test
    void aWorkerWithoutAPortIsHealthyWhenItHasStayedUp() {
        site.deploy(worker("worker").build());
        var application = site.applications().get("worker");
        site.applications()
                .update(
                        "worker",
                        application.version(),
                        worker("worker")
                                .env("EXIT_AFTER", "500ms")
                                .env("EXIT_CODE", "9")
                                .build());
        assertThatThrownBy(() -> site.applications().deploy("worker").await(Site.PATIENCE))
                .isInstanceOf(ContainerExitedException.class)
                .hasMessageContaining("exit code 9");
    }

    @Test
    void thePreSwitchCommandRunsFromTheNewImageBeforeAnythingElseOfIt() {
        try (var repository = new TestRepository(directory.resolve("migrating"))) {
            repository.commit("1");
            site.deploy(Site.app("migrating", repository)
                    .mount(Mount.volume("database", "/database"))
                    .preSwitch(
                            PreSwitchCommand.of("sh", "-c", "echo schema $VERSION >> /database/schema; echo migrated"))
                    .build());
            repository.commit("2");
            var deployment = site.applications().deploy("migrating");
            deployment.await(Site.PATIENCE);
            assertThat(site.get("migrating.localhost", "/file?path=/database/schema")
                            .body())
                    .isEqualTo("schema 1\nschema 2");
            assertThat(deployment.log().lines()).contains("migrated");
            assertThat(site.applications().status("migrating").processes()).hasSize(1);
            assertThat(site.leftovers()).noneMatch(line -> line.endsWith(" command"));
        }
    }

    private static ApplicationSpec.Builder worker(String name) {
        return ApplicationSpec.named(name)
                .source(Site.TESTAPP)
                .arguments("worker")
                .health(HealthCheck.settle(Duration.ofSeconds(1)));
    }

    /** Changes the application to that spec, which does not get healthy. */
    private static void refused(ApplicationSpec spec, String reason) {
        var live = site.applications().get(spec.name());
        site.applications().update(spec.name(), live.version(), spec);
        assertThatThrownBy(() -> site.applications().deploy(spec.name()).await(Site.PATIENCE))
                .isInstanceOf(UnhealthyException.class)
                .hasMessageContaining(reason);
        assertThat(site.applications().get(spec.name()).live()).isEqualTo(live.live());
    }

    private static String inside(String application, String script) {
        try (var session = site.applications().exec(application, ExecRequest.of("sh", "-c", script + " 2>/dev/null"))) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String inspect(String application, String format) {
        var container =
                site.applications().status(application).processes().get(0).name();
        return Site.docker("inspect", "--format", format, container).strip();
    }

    private static List<String> output(String application, LogQuery query) {
        var lines = new ArrayList<String>();
        try (var logs = site.applications().logs(application, query)) {
            logs.forEachRemaining((LogLine line) -> lines.add(line.text()));
        }
        return lines;
    }
}
