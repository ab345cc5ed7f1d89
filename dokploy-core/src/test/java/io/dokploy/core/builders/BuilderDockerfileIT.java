package io.dokploy.core.builders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.value.Secret;
import io.dokploy.builder.dockerfile.DockerfileBuilder;
import io.dokploy.builder.dockerfile.DockerfileSettings;
import io.dokploy.testkit.TestTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderDockerfileIT {

    @TempDir
    private Path workspaces;

    private BuiltImages images;

    @BeforeEach
    void connect() {
        images = new BuiltImages(workspaces);
    }

    @AfterEach
    void remove() {
        images.close();
    }

    @Test
    void stagesArgumentsContextAndFileAreAsInTheSettings() {
        try (var tree = TestTree.of("docker/app.Dockerfile", """
                        ARG BASE=busybox:0.0
                        FROM ${BASE} AS first
                        ARG GREETING
                        COPY hello.txt /hello.txt
                        RUN echo "$GREETING" >> /hello.txt
                        CMD ["cat", "/hello.txt"]
                        FROM first AS second
                        CMD ["echo", "not this one"]
                        """).with("app/hello.txt", "from the context\n")) {
            var settings = DockerfileSettings.builder()
                    .file("docker/app.Dockerfile")
                    .context("app")
                    .target("first")
                    .buildArg("BASE", "busybox:1.37")
                    .buildArg("GREETING", "of the settings")
                    .build();

            String image = images.build(
                    new DockerfileBuilder(), tree, settings, Map.of("GREETING", "of the application"), Map.of());

            assertThat(images.output(image)).containsExactly("from the context", "of the application");
        }
    }

    @Test
    void secretsAndProxyReachTheBuildAndNotTheImage() throws IOException {
        String secret = "secret-4711-0815";
        try (var tree = TestTree.of("Dockerfile", """
                FROM busybox:1.37
                RUN --mount=type=secret,id=TOKEN,required=true wc -c < /run/secrets/TOKEN > /length
                RUN echo "${HTTP_PROXY}" | wc -c > /proxy
                CMD ["cat", "/length", "/proxy"]
                """)) {
            var settings = DockerfileSettings.builder()
                    .proxy(URI.create("http://proxy-4711.example.com:3128"))
                    .build();

            String image =
                    images.build(new DockerfileBuilder(), tree, settings, Map.of(), Map.of("TOKEN", Secret.of(secret)));

            assertThat(images.output(image)).containsExactly("" + secret.length(), "35");
            assertThat(images.holds(image, "/run/secrets/TOKEN")).isTrue();
            assertThat(images.holds(image, secret)).isFalse();
            assertThat(images.holds(image, "proxy-4711")).isFalse();
            assertThat(images.context().progressLines()).noneMatch(line -> line.contains(secret));
        }
    }

    @Test
    void aMissingSecretIsNamed() {
        try (var tree = TestTree.of(
                "Dockerfile",
                "FROM busybox:1.37\nRUN --mount=type=secret,id=NPM_TOKEN,required=true cat /run/secrets/NPM_TOKEN\n")) {
            assertThatThrownBy(() -> images.build(
                            new DockerfileBuilder(), tree, DockerfileSettings.defaults(), Map.of(), Map.of()))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("NPM_TOKEN")
                    .hasMessageContaining("not found");
        }
    }

    @Test
    void aStepThatFailsIsToldWithItsOutput() {
        try (var tree = TestTree.of("Dockerfile", "FROM busybox:1.37\nRUN echo 'no such module: x' && exit 3\n")) {
            assertThatThrownBy(() -> images.build(
                            new DockerfileBuilder(), tree, DockerfileSettings.defaults(), Map.of(), Map.of()))
                    .isInstanceOf(BuildFailedException.class)
                    .hasMessageContaining("no such module: x");
        }
    }
}
