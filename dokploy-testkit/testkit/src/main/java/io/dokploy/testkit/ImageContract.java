package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.spi.engine.ImageInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of {@link ContainerEngineContract} about images. */
abstract class ImageContract extends ContainerStreamsContract {

    @TempDir
    Path context = Path.of("");

    @Test
    void anImageIsFoundByTagAndId() {
        ImageInfo byTag = engine().inspectImage(image()).orElseThrow();
        assertThat(byTag.id()).startsWith("sha256:");
        assertThat(engine().inspectImage(byTag.id()).map(ImageInfo::id)).contains(byTag.id());
        assertThat(engine().inspectImage("dokploy/never-made:1")).isEmpty();
    }

    @Test
    void aBuildMakesAnImageWithItsTagAndLabels() throws Exception {
        String tag = tag();
        String id = build(build(tag, "FROM " + image(), "COPY hello.txt /hello.txt"));
        ImageInfo info = engine().inspectImage(tag).orElseThrow();
        assertThat(info.id()).isEqualTo(id);
        assertThat(info.labels()).containsAllEntriesOf(labels());
        assertThat(engine().listImages(labels())).extracting(ImageInfo::id).containsExactly(id);
    }

    @Test
    void aFailingBuildTellsItsLastLines() throws Exception {
        var build = build(tag(), "FROM " + image(), "RUN echo about-to-fail && exit 3");
        assertThatThrownBy(() -> build(build))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("about-to-fail");
        assertThat(engine().inspectImage(build.tag())).isEmpty();
    }

    @Test
    void whatCannotBeBuiltIsSaid() throws Exception {
        assertThatThrownBy(() -> build(build(tag(), "FROM " + image(), "FLY away")))
                .isInstanceOf(BuildFailedException.class);
        assertThatThrownBy(() -> build(build(tag(), "FROM " + image(), "COPY missing.txt /")))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("missing.txt");
        assertThatThrownBy(() -> build(ImageBuild.of(context, tag()).dockerfile(context.resolve("None"))))
                .isInstanceOfAny(BuildFailedException.class, DockerfileNotFoundException.class);
    }

    @Test
    void buildArgumentsAndStagesCount() throws Exception {
        var build = build(
                        tag(),
                        "ARG BASE=dokploy/never-made:1",
                        "FROM ${BASE} AS first",
                        "LABEL stage=first",
                        "FROM first AS second",
                        "RUN exit 9")
                .arguments(Map.of("BASE", image()))
                .target(java.util.Optional.of("first"));
        String id = build(build);
        assertThat(engine().inspectImage(id).orElseThrow().labels()).containsEntry("stage", "first");
    }

    @Test
    void aSecretIsThereForTheBuildAndSeenNowhere() throws Exception {
        needing(Behaviour.BUILD_SECRETS, () -> {
            String value = "secret-value-4711";
            List<String> output = new CopyOnWriteArrayList<>();
            var build = build(
                            tag(),
                            "FROM " + image(),
                            "RUN --mount=type=secret,id=token,required=true test -s /run/secrets/token")
                    .noCache(true);
            String id =
                    engine().build(build.secrets(Map.of("token", Secret.of(value))), output::add, CancelToken.never());
            assertThat(engine().inspectImage(id)).isPresent();
            assertThat(output).noneMatch(line -> line.contains(value));
            assertThatThrownBy(() -> build(build)).as("without it").isInstanceOf(BuildFailedException.class);
        });
    }

    @Test
    void aCancelledBuildEnds() throws Exception {
        var token = new TestCancelToken();
        token.cancel();
        var build = build(tag(), "FROM " + image(), "RUN sleep 60").noCache(true);
        assertThatThrownBy(() -> engine().build(build, Progress.none(), token)).isInstanceOf(CancelledException.class);
        assertThat(engine().inspectImage(build.tag())).isEmpty();
    }

    @Test
    void anImageLivesAsLongAsOneOfItsNames() throws Exception {
        String first = tag();
        String second = tag();
        String id = build(build(first, "FROM " + image(), "LABEL made=for-tags"));
        engine().tag(first, second);
        engine().removeImage(first);
        assertThat(engine().inspectImage(first)).isEmpty();
        assertThat(engine().inspectImage(second).map(ImageInfo::id)).contains(id);
        engine().removeImage(second);
        assertThat(engine().inspectImage(id)).isEmpty();
        engine().removeImage(second);
    }

    @Test
    void aTagCanBeMoved() throws Exception {
        String tag = tag();
        String former = build(build(tag, "FROM " + image(), "LABEL number=1"));
        String next = build(build(tag, "FROM " + image(), "LABEL number=2"));
        assertThat(next).isNotEqualTo(former);
        assertThat(engine().inspectImage(tag).map(ImageInfo::id)).contains(next);
        engine().tag(former, tag);
        assertThat(engine().inspectImage(tag).map(ImageInfo::id)).contains(former);
    }

    @Test
    void anImageInUseStays() throws Exception {
        String tag = tag();
        String id = build(build(tag, "FROM " + image(), "LABEL made=for-use"));
        String container = engine().create(ContainerSpec.of(name("c"), tag)
                .command(RUNS)
                .labels(labels())
                .build());
        engine().start(container);
        engine().removeImage(tag);
        assertThat(engine().inspectImage(id)).isPresent();
        assertThat(inspect(container).isRunning()).isTrue();
    }

    @Test
    void aTagOfNothingIsRefused() {
        assertThatThrownBy(() -> engine().tag("dokploy/never-made:1", tag()))
                .isInstanceOfAny(ImageNotFoundException.class, io.dokploy.api.error.NotFoundException.class);
    }

    @Test
    void aSavedImageCanBeLoaded() throws Exception {
        String tag = tag();
        String id = build(build(tag, "FROM " + image(), "LABEL made=for-saving"));
        byte[] archive;
        try (InputStream saved = engine().saveImage(tag)) {
            archive = saved.readAllBytes();
        }
        engine().removeImage(tag);
        assertThat(engine().inspectImage(id)).isEmpty();
        engine().loadImages(new ByteArrayInputStream(archive));
        assertThat(engine().inspectImage(tag).orElseThrow().labels()).containsEntry("made", "for-saving");
    }

    @Test
    void whatIsNoImageIsNotLoaded() {
        var garbage = new ByteArrayInputStream("this is no archive".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> engine().loadImages(garbage)).isInstanceOf(UserErrorException.class);
        assertThatThrownBy(() -> engine().loadImages(Tar.of(Map.of("a.txt", "no image either"))))
                .isInstanceOf(UserErrorException.class);
    }

    @Test
    void anArchiveThatIsCutOffIsNotLoaded() throws Exception {
        String tag = tag();
        String id = build(build(tag, "FROM " + image(), "LABEL made=for-cutting"));
        byte[] archive;
        try (InputStream saved = engine().saveImage(tag)) {
            archive = saved.readAllBytes();
        }
        engine().removeImage(tag);
        byte[] half = Arrays.copyOf(archive, archive.length / 2);
        assertThatThrownBy(() -> engine().loadImages(new ByteArrayInputStream(half)))
                .isInstanceOf(DokployException.class);
        assertThatThrownBy(() ->
                        engine().loadImages(new SequenceInputStream(new ByteArrayInputStream(half), new BrokenInput())))
                .isInstanceOf(DokployException.class);
        assertThat(engine().inspectImage(id)).isEmpty();
        assertThat(engine().inspectImage(tag)).isEmpty();
    }

    private static final class BrokenInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the test lets it break");
        }
    }

    @Test
    void savingWhatIsMissingFails() {
        assertThatThrownBy(() -> engine().saveImage("dokploy/never-made:1").readAllBytes())
                .isInstanceOfAny(ImageNotFoundException.class, io.dokploy.api.error.NotFoundException.class);
    }

    private String tag() {
        return "dokploy-testkit/" + name("i") + ":1";
    }

    private ImageBuild build(String tag, String... lines) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), String.join("\n", lines) + "\n");
        Files.writeString(context.resolve("hello.txt"), "hello");
        return ImageBuild.of(context, tag).labels(labels());
    }

    private String build(ImageBuild build) {
        return engine().build(build, Progress.none(), CancelToken.never());
    }
}
