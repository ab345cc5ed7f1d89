package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.RegistryUnavailableException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images on their way to and from a registry that wants a login. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryIT {

    private final List<String> images = new CopyOnWriteArrayList<>();
    private Path directory = Path.of("");
    private RegistryServer registry;
    private DockerEngine engine;
    private DockerEngine classic;
    private String pushed = "";

    @BeforeAll
    void pushAnImage(@TempDir Path temporary) throws Exception {
        directory = temporary;
        registry = new RegistryServer();
        var tools = DockerTools.installed(directory.resolve("workspaces"));
        engine = DockerEngine.connect(DockerEndpoint.local(), tools);
        classic = DockerEngine.connect(DockerEndpoint.local(), tools.withoutBuildx());
        var tag = tag("base");
        engine.build(
                ImageBuild.of(context("FROM busybox:1.37\nLABEL made=" + UUID.randomUUID() + "\n"), tag),
                Progress.none(),
                CancelToken.never());
        pushed = engine.push(tag, Optional.of(registry.login()), Progress.none(), CancelToken.never());
        engine.removeImage(tag);
    }

    @AfterAll
    void removeAll() {
        images.forEach(engine::removeImage);
        engine.close();
        classic.close();
        registry.close();
    }

    @Test
    void whatWasPushedIsPulledByItsDigest() {
        assertThat(pushed).matches("127\\.0\\.0\\.1:\\d+/team/base@sha256:[0-9a-f]{64}");
        assertThat(engine.inspectImage(pushed)).isEmpty();
        images.add(pushed);
        var lines = new CopyOnWriteArrayList<String>();
        var pulled = engine.pull(pushed, Optional.of(registry.login()), lines::add, CancelToken.never());
        assertThat(pulled.digests()).contains(pushed);
        assertThat(pulled.labels()).containsKey("made");
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain(registry.password()));
    }

    @Test
    void withoutALoginAndWithAWrongOneItIsSaidWithoutThePassword() {
        var wrong = new RegistryCredentials(registry.host(), "deployer", Secret.of("wrong-4711"));
        for (var login : List.of(Optional.<RegistryCredentials>empty(), Optional.of(wrong))) {
            assertThatThrownBy(() -> engine.pull(pushed, login, Progress.none(), CancelToken.never()))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining(registry.host())
                    .hasMessageContaining("registries().put")
                    .satisfies(error -> assertThat(stackTrace(error)).doesNotContain("wrong-4711"));
            var tag = tag("refused");
            engine.tag("busybox:1.37", tag);
            assertThatThrownBy(() -> engine.push(tag, login, Progress.none(), CancelToken.never()))
                    .isInstanceOf(AccessDeniedException.class)
                    .satisfies(error -> assertThat(stackTrace(error)).doesNotContain("wrong-4711"));
        }
    }

    @Test
    void whatTheRegistryDoesNotHaveIsNotFound() {
        var login = Optional.of(registry.login());
        assertThatThrownBy(() ->
                        engine.pull(registry.host() + "/team/none:1", login, Progress.none(), CancelToken.never()))
                .isInstanceOf(ImageNotFoundException.class);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsATemporaryMatter() {
        assertThatThrownBy(() -> engine.pull("127.0.0.1:9/x:1", Optional.empty(), Progress.none(), CancelToken.never()))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void bothBuildersGetAPrivateBaseImageAndKeepNoLogin() throws Exception {
        for (var builder : List.of(engine, classic)) {
            var tag = tag("derived");
            var lines = new CopyOnWriteArrayList<String>();
            var build = ImageBuild.of(context("FROM " + pushed + "\nLABEL derived=yes\n"), tag)
                    .noCache(true)
                    .credentials(List.of(
                            new RegistryCredentials("ghcr.io", "somebody", Secret.of("other-4711")), registry.login()));
            engine.removeImage(pushed);
            builder.build(build, lines::add, CancelToken.never());
            assertThat(engine.inspectImage(tag).orElseThrow().labels()).containsEntry("derived", "yes");
            assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(registry.password(), "other-4711"));
        }
        assertThat(filesBelow(directory.resolve("workspaces")))
                .as("nothing of the build is left")
                .isEmpty();
    }

    @Test
    void aBuildWithAWrongLoginFailsWithoutThePassword() throws Exception {
        var wrong = new RegistryCredentials(registry.host(), "deployer", Secret.of("wrong-4711"));
        for (var builder : List.of(engine, classic)) {
            engine.removeImage(pushed);
            var build = ImageBuild.of(context("FROM " + registry.host() + "/team/other:1\n"), tag("never"))
                    .credentials(List.of(wrong));
            assertThatThrownBy(() -> builder.build(build, Progress.none(), CancelToken.never()))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining(registry.host())
                    .satisfies(error -> assertThat(stackTrace(error)).doesNotContain("wrong-4711"));
        }
    }

    private String tag(String name) {
        var tag = registry.host() + "/team/" + name + ":" + UUID.randomUUID();
        images.add(tag);
        return tag;
    }

    private Path context(String dockerfile) throws IOException {
        var context = Files.createDirectory(directory.resolve(UUID.randomUUID().toString()));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String stackTrace(Throwable error) {
        var text = new java.io.StringWriter();
        error.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
