package io.dokploy.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileSettingsTest {

    @Test
    void settingsSurviveTheirStoredForm() {
        for (var settings : new DockerfileSettings[] {
            DockerfileSettings.defaults(),
            DockerfileSettings.builder().withoutProxy().build(),
            DockerfileSettings.builder()
                    .file("docker/app.Dockerfile")
                    .context("services/app")
                    .target("run")
                    .buildArg("VERSION", "1")
                    .noCache(true)
                    .proxy(URI.create("http://proxy.example.com:3128"), "localhost", ".internal")
                    .build()
        }) {
            assertThat(DockerfileSettings.fromDocument(settings.toDocument())).isEqualTo(settings);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../Dockerfile",
                "a/../../b",
                "a/..",
                "..",
                "a\0b",
                "a\nFROM x",
                "",
                "  ",
                "c:\\Dockerfile"
            })
    void aHostilePathIsRefused(String path) {
        assertThatThrownBy(() -> DockerfileSettings.builder().file(path).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("file: must");
        assertThatThrownBy(() -> DockerfileSettings.builder().context(path).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("context: must");
    }

    @Test
    void allProblemsAreInOneError() {
        var document = new SettingsDocument(
                "dockerfile",
                1,
                Tree.branch()
                        .put("file", "/x")
                        .put("target", "--x")
                        .put("noCache", "yes")
                        .put("proxy", "http://user:hidden@proxy:1")
                        .put("caCertificates", "no certificate")
                        .put("cacheFrom", "somewhere")
                        .build());

        assertThatThrownBy(() -> DockerfileSettings.fromDocument(document))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("file: must be relative")
                .hasMessageContaining("target: must be")
                .hasMessageContaining("noCache: must be true or false")
                .hasMessageContaining("proxy: must not hold a password")
                .hasMessageContaining("caCertificates: must hold")
                .hasMessageContaining("cacheFrom: is not a setting")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aNewerFormIsRefused() {
        var newer = new SettingsDocument("dockerfile", 2, Tree.branch().build());

        assertThatThrownBy(() -> DockerfileSettings.fromDocument(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("update the plugin");
    }
}
