package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Application;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.StaleVersionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with an application beside deploying it. */
class OperationsIT {

    @TempDir
    static Path directory;

    private static Site site;

    @BeforeAll
    static void open() {
        site = new Site(directory);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void applicationsAreListedInspectedUpdatedAndRenamed() {
        var created = site.applications().create(Site.image("listed").build());
        assertThat(site.applications().list()).extracting(Application::name).contains("listed");
        assertThat(site.applications().find("unlisted")).isEmpty();
        assertThatThrownBy(() -> site.applications().get("unlisted")).isInstanceOf(NotFoundException.class);

        var changed = created.spec().toBuilder().env("COLOUR", "blue").build();
        var updated = site.applications().update("listed", created.version(), changed);
        assertThat(site.applications().get("listed")).isEqualTo(updated);
        assertThat(updated.spec()).isEqualTo(changed);
        assertThatThrownBy(() -> site.applications().update("listed", created.version(), created.spec()))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> site.applications()
                        .update("listed", updated.version(), Site.image("other").build()))
                .isInstanceOf(InvalidSpecException.class);

        site.applications().rename("listed", "The shop");
        assertThat(site.applications().get("listed").spec().displayName()).isEqualTo("The shop");
        assertThat(site.applications().get("listed").spec().environment()).containsKey("COLOUR");
    }

    @Test
    void whatIsStoppedIsKeptAndAnswersAgainAfterItsStart() {
        var live = site.deploy(Site.image("stopping").build());
        site.applications().stop("stopping").await(Site.PATIENCE);
        assertThat(site.get("stopping.localhost", "/").status()).isEqualTo(503);
        assertThat(site.applications().status("stopping").processes())
                .hasSize(1)
                .noneMatch(process -> process.running());
        assertThat(site.client().maintenance().reconcile().await(Site.PATIENCE).done())
                .as("that it is stopped is no drift")
                .noneMatch(line -> line.startsWith("stopping"));

        site.applications().start("stopping").await(Site.PATIENCE);
        assertThat(site.get("stopping.localhost", "/").status()).isEqualTo(200);
        assertThat(site.applications().status("stopping").live()).contains(live.id());
    }

    @Test
    void aRestartReplacesTheContainersWithoutAFailedRequest() throws Exception {
        var first = site.deploy(Site.image("restarting").build());
        var before = site.get("restarting.localhost", "/hostname").body();
        try (var load = site.load("restarting.localhost").with(10)) {
            var again = site.applications().restart("restarting").await(Site.PATIENCE);
            load.close();
            assertThat(load.failures()).isEmpty();
            assertThat(again.image()).isEqualTo(first.image());
            assertThat(again.environment()).isEqualTo(first.environment());
        }
        assertThat(site.get("restarting.localhost", "/hostname").body()).isNotEqualTo(before);
        assertThat(site.applications().status("restarting").processes()).hasSize(1);
    }

    @Test
    void volumesAreKeptUnlessAskedFor() throws Exception {
        var spec = Site.image("keeping").mount(Mount.volume("kept", "/data")).build();
        site.deploy(spec);
        assertThat(exec("keeping", ExecRequest.of("/testapp", "write", "/data/file", "precious")))
                .isEqualTo(new Ran(0, "", ""));
        site.applications().delete("keeping", DeleteRequest.keepingVolumes()).await(Site.PATIENCE);
        assertThat(site.applications().find("keeping")).isEmpty();
        assertThat(site.get("keeping.localhost", "/").status()).isEqualTo(404);
        assertThat(volumes()).anyMatch(volume -> volume.endsWith("-kept"));

        site.deploy(spec);
        assertThat(site.get("keeping.localhost", "/file?path=/data/file").body())
                .isEqualTo("precious");
        site.applications().delete("keeping", DeleteRequest.withVolumes()).await(Site.PATIENCE);
        assertThat(volumes()).noneMatch(volume -> volume.endsWith("-kept"));
    }

    @Test
    void outputIsFollowedAndReadBackAndKeptOfARetiredRelease() {
        var first = site.deploy(Site.image("talking").build());
        say("one");
        say("two");
        await("both are printed").until(() -> output(LogQuery.all()).contains("two"));
        var two = lines(LogQuery.all()).stream()
                .filter(line -> line.text().equals("two"))
                .findFirst()
                .orElseThrow();
        assertThat(output(LogQuery.last(1))).containsExactly("two");
        assertThat(output(LogQuery.all().since(two.time()))).containsExactly("two");
        assertThat(two.stream()).isEqualTo(LogLine.Stream.STDOUT);

        try (var logs = site.applications().logs("talking", LogQuery.last(1).following())) {
            assertThat(logs.next().text()).isEqualTo("two");
            say("three");
            assertThat(logs.next().text()).isEqualTo("three");
        }

        site.applications().restart("talking").await(Site.PATIENCE);
        var kept = output(LogQuery.all().release(first.id()));
        assertThat(kept).contains("one", "two", "three").endsWith("testapp: finished");
        assertThat(output(LogQuery.last(2).release(first.id())))
                .containsExactlyElementsOf(kept.subList(kept.size() - 2, kept.size()));
    }

    @Test
    void whatWasPrintedToStdoutAndStderrStaysApartAndOfALotTheLastPartIsKept() throws Exception {
        var spec = ApplicationSpec.named("chatty")
                .source(Site.TESTAPP)
                .command("sh", "-c", "/testapp log 9000 " + "x".repeat(100) + "; exec /testapp worker")
                .health(io.dokploy.api.application.HealthCheck.settle(Duration.ofSeconds(1)))
                .build();
        var first = site.deploy(spec);
        await("all is printed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> site.applications()
                        .logs("chatty", LogQuery.last(1))
                        .next()
                        .text()
                        .startsWith("worker"));
        // The engine writes down what it has of one stream before it comes to the other: hence a late line of errors.
        assertThat(exec(
                                "chatty",
                                ExecRequest.of("sh", "-c", "echo error late >/proc/1/fd/2")
                                        .withStdin(),
                                "")
                        .exitCode())
                .isZero();
        await("the late line is there").atMost(Duration.ofSeconds(30)).until(() -> {
            var texts = new ArrayList<String>();
            site.applications().logs("chatty", LogQuery.last(20)).forEachRemaining(line -> texts.add(line.text()));
            return texts.contains("error late");
        });
        site.applications().restart("chatty").await(Site.PATIENCE);

        var kept = new ArrayList<LogLine>();
        try (var logs = site.applications().logs("chatty", LogQuery.all().release(first.id()))) {
            logs.forEachRemaining(kept::add);
        }
        assertThat(kept)
                .extracting(LogLine::text)
                .contains("worker finished")
                .noneMatch(text -> text.startsWith("line 1 "));
        assertThat(kept).extracting(LogLine::stream).contains(LogLine.Stream.STDOUT, LogLine.Stream.STDERR);
        assertThat(kept)
                .allSatisfy(line -> assertThat(line.stream() == LogLine.Stream.STDERR)
                        .isEqualTo(line.text().startsWith("error ")));
        assertThat(kept.stream().mapToInt(line -> line.text().length()).sum()).isBetween(100_000, 256 * 1024);
    }

    @Test
    void aCommandInsideHasItsStreamsItsVariablesAndItsExitCode() throws Exception {
        site.deploy(Site.image("inside").build());
        assertThat(exec(
                        "inside",
                        ExecRequest.of("sh", "-c", "cat; echo bad >&2; exit 7").withStdin(),
                        "hello"))
                .isEqualTo(new Ran(7, "hello", "bad"));
        assertThat(exec(
                        "inside",
                        ExecRequest.of("sh", "-c", "echo $COLOUR; pwd; id -u")
                                .environment(Map.of("COLOUR", "blue"))
                                .directory("/tmp")
                                .user("65534")))
                .isEqualTo(new Ran(0, "blue\n/tmp\n65534", ""));
    }

    private record Ran(int exitCode, String stdout, String stderr) {}

    private static Ran exec(String application, ExecRequest request, String... stdin) throws Exception {
        try (var session = site.applications().exec(application, request)) {
            for (String text : stdin) {
                session.stdin().write(text.getBytes(StandardCharsets.UTF_8));
                session.stdin().close();
            }
            var stdout = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            var stderr = new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(session.awaitExit(Duration.ofSeconds(30)), stdout.strip(), stderr.strip());
        }
    }

    private static void say(String text) {
        assertThat(site.get("talking.localhost", "/log?text=" + text).status()).isEqualTo(200);
    }

    private static List<String> output(LogQuery query) {
        return lines(query).stream().map(LogLine::text).toList();
    }

    private static List<LogLine> lines(LogQuery query) {
        var lines = new ArrayList<LogLine>();
        try (var logs = site.applications().logs("talking", query)) {
            logs.forEachRemaining(lines::add);
        }
        return lines;
    }

    private static List<String> volumes() {
        return Site.docker("volume", "ls", "--quiet", "--filter", "label=io.dokploy.instance=" + site.instance())
                .lines()
                .toList();
    }
}
