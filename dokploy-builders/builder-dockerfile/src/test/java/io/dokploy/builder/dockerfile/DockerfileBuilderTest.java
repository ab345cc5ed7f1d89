package io.dokploy.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.Builder.BuildRequest;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.testkit.BuilderContract;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.TestTree;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DockerfileBuilderTest extends BuilderContract {

    @Override
    protected Builder builder() {
        return new DockerfileBuilder();
    }

    @Override
    protected TestTree matchingTree() {
        return TestTree.of("Dockerfile", "FROM busybox:1.37 AS one\nFROM one\n")
                .with("other/Dockerfile", "FROM busybox:1.37\n");
    }

    @Override
    protected TestTree foreignTree() {
        return TestTree.of("main.py", "print(1)\n").with("docker/Dockerfile", "FROM a\n");
    }

    @Override
    protected List<SettingsDocument> settings() {
        return List.of(
                DockerfileSettings.builder().file("other/Dockerfile").build().toDocument(),
                DockerfileSettings.builder().context("other").build().toDocument(),
                DockerfileSettings.builder().target("one").build().toDocument(),
                DockerfileSettings.builder().buildArg("A", "1").build().toDocument(),
                DockerfileSettings.builder().buildArg("A", "2").build().toDocument());
    }

    @Override
    protected Input incomplete() {
        return new Input(foreignTree(), Optional.empty());
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Builder.class)).hasAtLeastOneElementOfType(DockerfileBuilder.class);
    }

    @Test
    void theDockerfilesThatThereAreAreNamed() {
        try (var tree = foreignTree()) {
            assertThatThrownBy(() -> builder().plan(tree, Optional.empty(), Map.of(), context()))
                    .isInstanceOf(DockerfileNotFoundException.class)
                    .hasMessageContaining("Dockerfile \"Dockerfile\"")
                    .hasMessageContaining("there is docker/Dockerfile");
        }
    }

    @Test
    void aLinkOutOfTheTreeIsRefused() throws IOException {
        Path outside = Files.createTempFile("outside", "");
        try (var tree = TestTree.empty()) {
            Files.createSymbolicLink(tree.directory().resolve("Dockerfile"), outside);
            assertThatThrownBy(() -> builder().plan(tree, Optional.empty(), Map.of(), context()))
                    .isInstanceOf(UnsafeSourceException.class)
                    .hasMessageContaining("leaves the source");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void aMissingContextOrStageIsSaid() {
        try (var tree = matchingTree()) {
            var context = DockerfileSettings.builder().context("nowhere").build();
            assertThatThrownBy(() -> builder().plan(tree, Optional.of(context.toDocument()), Map.of(), context()))
                    .isInstanceOf(SourceNotFoundException.class)
                    .hasMessageContaining("build context \"nowhere\"");
            var stage = DockerfileSettings.builder().target("prod").build();
            assertThatThrownBy(() -> builder().plan(tree, Optional.of(stage.toDocument()), Map.of(), context()))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("no stage \"prod\" in Dockerfile; it has one, 1");
        }
    }

    @Test
    void buildArgumentsChooseTheBaseImage() {
        try (var tree = TestTree.of("Dockerfile", "ARG V=1\nFROM python:$V\nFROM $UNKNOWN\nCOPY --from=0 / /\n")) {
            var settings = DockerfileSettings.builder().buildArg("V", "2").build();
            var document = Optional.of(settings.toDocument());

            assertThat(builder().plan(tree, document, Map.of(), context()).baseImages())
                    .containsExactly("python:2");
            assertThat(builder()
                            .plan(tree, document, Map.of("V", "3"), context())
                            .baseImages())
                    .containsExactly("python:3");
            assertThat(context().progressLines()).anyMatch(line -> line.contains("$UNKNOWN"));
        }
    }

    @Test
    void theEngineGetsAllThatWasAsked() {
        var login = new RegistryCredentials("ghcr.io", "me", Secret.of("password"));
        var settings = DockerfileSettings.builder()
                .file("other/Dockerfile")
                .context("other")
                .buildArg("A", "settings")
                .buildArg("B", "settings")
                .proxy(URI.create("http://proxy.example.com:3128"), "localhost")
                .noCache(true)
                .build();
        var request = request(settings, Map.of("A", "application"), Map.of("TOKEN", Secret.of("t")));

        ImageBuild build = built(request, HttpClient.newHttpClient(), List.of(login));

        assertThat(build.context()).endsWithRaw(Path.of("other"));
        assertThat(build.dockerfile()).endsWithRaw(Path.of("other/Dockerfile"));
        assertThat(build.arguments())
                .containsEntry("A", "application")
                .containsEntry("B", "settings")
                .containsEntry("HTTPS_PROXY", "http://proxy.example.com:3128")
                .containsEntry("http_proxy", "http://proxy.example.com:3128")
                .containsEntry("no_proxy", "localhost");
        assertThat(build.secrets()).containsOnlyKeys("TOKEN");
        assertThat(build.noCache()).isTrue();
        assertThat(build.credentials()).containsExactly(login);
    }

    @Test
    void theHostsProxyIsUsedUnlessItIsOnLoopbackOrUnwanted() {
        var defaults = request(DockerfileSettings.defaults(), Map.of(), Map.of());
        var without = request(DockerfileSettings.builder().withoutProxy().build(), Map.of(), Map.of());

        assertThat(built(defaults, clientWithProxy("proxy.example.com"), List.of())
                        .arguments())
                .containsEntry("HTTPS_PROXY", "http://proxy.example.com:3128");
        assertThat(built(without, clientWithProxy("proxy.example.com"), List.of())
                        .arguments())
                .isEmpty();
        assertThat(built(defaults, clientWithProxy("127.0.0.1"), List.of()).arguments())
                .isEmpty();
        assertThat(built(defaults, HttpClient.newHttpClient(), List.of()).arguments())
                .isEmpty();
    }

    private BuildRequest request(
            DockerfileSettings settings, Map<String, String> arguments, Map<String, Secret> secrets) {
        return new BuildRequest(
                matchingTree(), Optional.of(settings.toDocument()), "a:1", arguments, secrets, Map.of(), false);
    }

    private static HttpClient clientWithProxy(String host) {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(host, 3128)))
                .build();
    }

    /** What the engine is asked to build. */
    private static ImageBuild built(BuildRequest request, HttpClient http, List<RegistryCredentials> logins) {
        var builds = new ArrayList<ImageBuild>();
        try (var memory = InMemoryEngine.create()) {
            var engine = (ContainerEngine) Proxy.newProxyInstance(
                    ContainerEngine.class.getClassLoader(),
                    new Class<?>[] {ContainerEngine.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("build")) {
                            builds.add((ImageBuild) arguments[0]);
                            return "sha256:0";
                        }
                        return method.invoke(memory, arguments);
                    });
            var context = TestContext.builder().engine(engine).http(http);
            logins.forEach(context::registry);
            try (var built = context.build()) {
                new DockerfileBuilder().build(request, built);
            }
        }
        return builds.get(0);
    }
}
