package io.dokploy.builder.staticsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.builder.staticsite.StaticSettings.CacheHeaders;
import org.junit.jupiter.api.Test;

class NginxFilesTest {

    @Test
    void theDefaultsServeOnTheDefaultPortOfADomain() {
        var files = new NginxFiles(StaticSettings.defaults(), false);

        assertThat(files.dockerfile())
                .startsWith("FROM nginx:1.29-alpine\n")
                .contains("USER nginx", "EXPOSE 3000", "STOPSIGNAL SIGQUIT");
        assertThat(files.configuration())
                .contains("listen 3000;", "gzip on;", "server_tokens off;", "disable_symlinks on;", "immutable")
                .contains("try_files $uri $uri/ $uri.html =404;")
                .doesNotContain("/404.html");
    }

    @Test
    void eachSettingIsSeen() {
        assertThat(of(StaticSettings.builder().singlePageApplication())).contains("try_files $uri $uri/ /index.html;");
        assertThat(of(StaticSettings.builder().withoutCompression())).doesNotContain("gzip");
        assertThat(of(StaticSettings.builder().port(8080))).contains("listen 8080;");
        assertThat(of(StaticSettings.builder().cacheHeaders(CacheHeaders.NONE))).doesNotContain("Cache-Control");
        assertThat(of(StaticSettings.builder().cacheHeaders(CacheHeaders.REVALIDATE)))
                .contains("add_header Cache-Control no-cache;")
                .doesNotContain("immutable");
        assertThat(new NginxFiles(StaticSettings.defaults(), true).configuration())
                .contains("try_files /404.html =404;");
        assertThat(new NginxFiles(
                                StaticSettings.builder()
                                        .baseImage("registry.example.com:5000/nginx@sha256:abc")
                                        .build(),
                                false)
                        .dockerfile())
                .startsWith("FROM registry.example.com:5000/nginx@sha256:abc\n");
    }

    private static String of(StaticSettings.Builder settings) {
        return new NginxFiles(settings.build(), false).configuration();
    }
}
