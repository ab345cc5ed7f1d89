package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.BuildKitRequiredException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.testkit.TestCancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Builds where there is no buildx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassicBuildIT {

    private static final String BASE = "FROM busybox:1.37\n";

    private final List<String> tags = new CopyOnWriteArrayList<>();
    private Path directory = Path.of("");
    private DockerEngine classic;
    private DockerEngine buildKit;

    @BeforeAll
    void connect(@TempDir Path temporary) {
        directory = temporary;
        var tools = DockerTools.installed(temporary);
        classic = DockerEngine.connect(DockerEndpoint.local(), tools.withoutBuildx());
        buildKit = DockerEngine.connect(DockerEndpoint.local(), tools);
    }

    @AfterAll
    void removeImages() {
        tags.forEach(classic::removeImage);
        classic.close();
        buildKit.close();
    }

    @Test
    void argumentsStageAndLabelsCountAsWithBuildKit() throws Exception {
        var context = context(Map.of(
                "Dockerfile",
                "ARG BASE=nowhere/never:1\nFROM ${BASE} AS first\nARG COLOUR\nRUN echo $COLOUR > /colour\n"
                        + "FROM first AS second\nRUN exit 9\n"));
        var tag = tag();
        var id = build(ImageBuild.of(context, tag)
                .arguments(Map.of("BASE", "busybox:1.37", "COLOUR", "blue & \"red\""))
                .target(Optional.of("first"))
                .labels(Map.of("io.dokploy.test", "a=b,\"c\"")));
        assertThat(classic.inspectImage(tag).orElseThrow().id()).isEqualTo(id);
        assertThat(classic.inspectImage(tag).orElseThrow().labels()).containsEntry("io.dokploy.test", "a=b,\"c\"");
        assertThat(run(tag, "cat", "/colour")).containsExactly("blue & \"red\"");
        assertThat(classic.info().buildKit()).isFalse();
    }

    @Test
    void withoutCacheEveryStepIsDoneAgain() throws Exception {
        var build = ImageBuild.of(
                context(Map.of("Dockerfile", BASE + "RUN cat /proc/sys/kernel/random/uuid > /made\n")), tag());
        var first = build(build);
        assertThat(build(build)).isEqualTo(first);
        assertThat(build(build.noCache(true))).isNotEqualTo(first);
    }

    /** The same tree through both builders: what {@code COPY . /} brings must be the same. */
    @Test
    void theSameFilesArriveAsWithBuildKit() throws Exception {
        var context = context(Map.of(
                "Dockerfile",
                BASE + "COPY . /ctx/\n",
                ".dockerignore",
                "*.log\n**/node_modules\n!keep/node_modules/yes\nbuild\n!build/keep.txt\n.git\n"));
        for (var name : List.of(
                "app.js",
                "a.log",
                "deep/b.log",
                "deep/node_modules/x",
                "keep/node_modules/yes",
                "keep/node_modules/no",
                "build/out",
                "build/keep.txt",
                ".git/HEAD")) {
            Files.createDirectories(context.resolve(name).getParent());
            Files.writeString(context.resolve(name), "1");
        }
        Files.writeString(context.resolve("äöü €.txt"), "1");
        Files.writeString(context.resolve("x".repeat(180) + ".txt"), "1");
        Files.writeString(context.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(context.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(context.resolve("link"), Path.of("../elsewhere"));
        Files.createDirectories(context.resolve("empty"));
        assertThat(files(classic, ImageBuild.of(context, tag())))
                .isEqualTo(files(buildKit, ImageBuild.of(context, tag())))
                .anyMatch(line -> line.contains("app.js"))
                .noneMatch(line -> line.contains("a.log"));
    }

    @Test
    void aDockerfileFromElsewhereIsUsedAndStaysOutOfTheImage() throws Exception {
        var context = context(Map.of("app.js", "1", ".dockerignore", "x\n"));
        var outside = Files.writeString(directory.resolve("outside.Dockerfile"), BASE + "COPY . /ctx/\n");
        assertThat(files(classic, ImageBuild.of(context, tag()).dockerfile(outside)))
                .hasSize(3)
                .anyMatch(line -> line.contains("app.js"))
                .anyMatch(line -> line.contains(".dockerignore"))
                .anyMatch(line -> line.endsWith(" /ctx"));
        var ignored = context(Map.of(
                "Dockerfile", BASE + "COPY . /ctx/\n", "app.js", "1", ".dockerignore", "Dockerfile\n.dockerignore\n"));
        assertThat(files(classic, ImageBuild.of(ignored, tag()))).hasSize(2).anyMatch(line -> line.contains("app.js"));
    }

    @Test
    void aFailureTellsItsOutput() throws Exception {
        var build = ImageBuild.of(context(Map.of("Dockerfile", BASE + "RUN echo about-to-fail && exit 3\n")), tag());
        assertThatThrownBy(() -> build(build))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("about-to-fail")
                .hasMessageContaining("returned a non-zero code: 3");
        var missing = ImageBuild.of(context(Map.of("Dockerfile", BASE + "COPY missing.txt /\n")), tag());
        assertThatThrownBy(() -> build(missing))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("missing.txt");
        var unknown = ImageBuild.of(context(Map.of("Dockerfile", BASE + "FLY away\n")), tag());
        assertThatThrownBy(() -> build(unknown))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("FLY");
    }

    @Test
    void whatNeedsBuildKitIsRefusedBeforeAnythingIsSent() throws Exception {
        var build = ImageBuild.of(context(Map.of("Dockerfile", BASE)), tag())
                .secrets(Map.of("token", Secret.of("s3cret-4711")));
        var output = new CopyOnWriteArrayList<String>();
        assertThatThrownBy(() -> classic.build(build, output::add, CancelToken.never()))
                .isInstanceOf(BuildKitRequiredException.class);
        assertThat(output).isEmpty();
    }

    @Test
    void cancellingEndsTheStepThatRuns() throws Exception {
        var mark = UUID.randomUUID().toString();
        var build = ImageBuild.of(context(Map.of("Dockerfile", BASE + "RUN echo " + mark + "; sleep 600\n")), tag());
        var token = new TestCancelToken();
        var output = new CopyOnWriteArrayList<String>();
        var building = CompletableFuture.supplyAsync(() -> classic.build(build, output::add, token));
        await().until(() -> output.stream().anyMatch(line -> line.equals(mark)));
        token.cancel();
        assertThatThrownBy(() -> building.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);
        await("the step's container is gone")
                .until(() -> !classic.list(Map.of()).stream().anyMatch(info -> runs(info.id(), mark)));
        assertThat(classic.inspectImage(build.tag())).isEmpty();
    }

    private static boolean runs(String container, String mark) {
        try {
            var process = new ProcessBuilder("docker", "inspect", "--format", "{{.Config.Cmd}}", container)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .contains(mark);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path context(Map<String, String> files) throws IOException {
        var context = Files.createDirectory(directory.resolve(UUID.randomUUID().toString()));
        for (var file : files.entrySet()) {
            var path = context.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return context;
    }

    private String tag() {
        var tag = "dokploy-test/classic:" + UUID.randomUUID();
        tags.add(tag);
        return tag;
    }

    private String build(ImageBuild build) {
        return classic.build(build, Progress.none(), CancelToken.never());
    }

    /** What is below /ctx of the image that is built: rights, owner, link's target, path. */
    private List<String> files(DockerEngine engine, ImageBuild build) {
        engine.build(build, Progress.none(), CancelToken.never());
        return run(
                build.tag(),
                "sh",
                "-c",
                "find /ctx | sort | while read -r f; do stat -c '%A %u:%g %n' \"$f\"; readlink \"$f\"; done; true");
    }

    private List<String> run(String image, String... command) {
        var container = classic.create(ContainerSpec.of("dokploy-classic-" + UUID.randomUUID(), image)
                .command(List.of(command))
                .build());
        try {
            classic.start(container);
            assertThat(classic.awaitExit(container, Duration.ofSeconds(30))).isZero();
            var lines = new ArrayList<String>();
            try (var logs = classic.logs(container, Optional.empty(), Optional.empty(), false)) {
                logs.forEachRemaining(line -> lines.add(line.text()));
            }
            return lines;
        } finally {
            classic.remove(container);
        }
    }
}
