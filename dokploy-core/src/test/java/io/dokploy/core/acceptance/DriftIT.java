package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What somebody did by hand past us is made good by a reconciliation. */
class DriftIT {

    @TempDir
    static Path directory;

    private static Site site;

    private String name;
    private Release live;

    @BeforeAll
    static void open() {
        site = new Site(directory);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void deploy(TestInfo test) {
        name = "drift" + Integer.toHexString(test.getDisplayName().hashCode());
        live = site.deploy(Site.image(name).build());
    }

    @Test
    void aContainerThatWasRemoved() {
        Site.docker("rm", "--force", container());
        assertThat(reconcile()).anyMatch(line -> line.contains("started 1"));
        isServed();
    }

    @Test
    void aContainerThatWasStopped() {
        Site.docker("stop", "--time", "1", container());
        assertThat(reconcile()).anyMatch(line -> line.contains("started 1"));
        isServed();
    }

    @Test
    void aRouteFileThatWasDeleted() throws IOException {
        Files.delete(routeFile());
        awaitStatus(404);
        assertThat(reconcile()).anyMatch(line -> line.contains("published its routes again"));
        isServed();
    }

    @Test
    void aRouteFileThatWasEdited() throws IOException {
        var file = routeFile();
        Files.writeString(file, Files.readString(file).replace(name + ".localhost", "elsewhere.localhost"));
        awaitStatus(404);
        reconcile();
        isServed();
    }

    @Test
    void containersThatNobodyKnowsAreRemovedIfTheyAreOurs() {
        var strangers = Site.docker("run", "--detach", "--label", "io.dokploy.run=test", "busybox:1.37", "sleep", "600")
                .strip();
        try {
            var ofNoApplication =
                    run("app_01ARZ3NDEKTSV4RRFFQ69G5FAV", live.id().value());
            var ofNoRelease = run(live.application().value(), "rel_01ARZ3NDEKTSV4RRFFQ69G5FAV");
            reconcile();
            assertThat(Site.docker("ps", "--all", "--quiet", "--no-trunc"))
                    .contains(strangers)
                    .doesNotContain(ofNoApplication, ofNoRelease);
            isServed();
        } finally {
            Site.docker("rm", "--force", strangers);
        }
    }

    private String run(String application, String release) {
        return Site.docker(
                        "run",
                        "--detach",
                        "--label",
                        "io.dokploy.instance=" + site.instance(),
                        "--label",
                        "io.dokploy.app=" + application,
                        "--label",
                        "io.dokploy.release=" + release,
                        "--label",
                        "io.dokploy.role=app",
                        "busybox:1.37",
                        "sleep",
                        "600")
                .strip();
    }

    private String container() {
        return site.applications().status(name).processes().get(0).name();
    }

    private static Path routeFile(String name) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .filter(file -> contains(file, name + ".localhost"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path routeFile() throws IOException {
        return routeFile(name);
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> reconcile() {
        return site.client().maintenance().reconcile().await(Site.PATIENCE).done().stream()
                .filter(line -> line.contains(name))
                .toList();
    }

    private void isServed() {
        awaitStatus(200);
        assertThat(site.applications().status(name).processes())
                .hasSize(1)
                .allMatch(process -> process.running() && process.release().equals(live.id()));
    }

    private void awaitStatus(int status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(site.get(name + ".localhost", "/").status()).isEqualTo(status));
    }
}
