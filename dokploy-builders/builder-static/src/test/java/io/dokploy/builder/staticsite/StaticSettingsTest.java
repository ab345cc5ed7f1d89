package io.dokploy.builder.staticsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.builder.staticsite.StaticSettings.CacheHeaders;
import org.junit.jupiter.api.Test;

class StaticSettingsTest {

    @Test
    void settingsSurviveTheirStoredForm() {
        var all = StaticSettings.builder()
                .publishDirectory("web/out")
                .singlePageApplication()
                .notFoundPage("errors/404.html")
                .cacheHeaders(CacheHeaders.REVALIDATE)
                .withoutCompression()
                .port(8080)
                .baseImage("nginx:1.28")
                .build();

        assertThat(StaticSettings.fromDocument(all.toDocument()))
                .isEqualTo(all)
                .isNotEqualTo(StaticSettings.defaults());
        assertThat(StaticSettings.fromDocument(StaticSettings.defaults().toDocument()))
                .isEqualTo(StaticSettings.defaults());
    }

    @Test
    void allProblemsAreInOneError() {
        var document = new SettingsDocument(
                "static",
                1,
                Tree.branch()
                        .put("publishDirectory", "../secret")
                        .put("notFoundPage", "/etc/passwd")
                        .put("port", 1L << 40)
                        .put("cacheHeaders", "sometimes")
                        .put("baseImage", "nginx\nRUN x")
                        .put("spa", true)
                        .build());

        assertThatThrownBy(() -> StaticSettings.fromDocument(document))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("publishDirectory: must not leave")
                .hasMessageContaining("notFoundPage: must be relative")
                .hasMessageContaining("port: must be between")
                .hasMessageContaining("cacheHeaders: must be hashed_files, revalidate or none")
                .hasMessageContaining("baseImage: must be")
                .hasMessageContaining("spa: is not a setting");
    }

    @Test
    void aNewerFormIsRefused() {
        assertThatThrownBy(() -> StaticSettings.fromDocument(
                        new SettingsDocument("static", 2, Tree.branch().build())))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("update the plugin");
    }
}
