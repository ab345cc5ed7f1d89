package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.RateLimit;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/traefik.md: its Java is the code below, and its table has every option of a domain. */
class DocumentationTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path PAGE = Path.of("../docs/traefik.md");

    static Object managed() {
        return TraefikSettings.managed()
                .bindAddress("203.0.113.7")
                .httpPort(80)
                .httpsPort(443)
                .acme("ops@example.com");
    }

    static Object existing() {
        return TraefikSettings.existing(Path.of("/etc/traefik/routes"), URI.create("http://127.0.0.1:8082"))
                .entryPoints("web", "websecure", "dokploy")
                .resolvers("letsencrypt", "letsencrypt-tls")
                .container("traefik")
                .folderInTraefik("/routes");
    }

    static Object domain() {
        return Domain.of("shop.example.com")
                .path("/api")
                .strippingPath()
                .port(8080)
                .https(Tls.letsEncrypt())
                .www(WwwRedirect.TO_BARE)
                .rateLimit(new RateLimit(50, 100))
                .withSecurityHeaders();
    }

    @Test
    void everySnippetIsCompiled() throws IOException {
        String source =
                letters(Files.readString(Path.of("src/test/java/io/dokploy/core/traefik/DocumentationTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(PAGE))
                .results()
                .map(snippet -> letters(snippet.group(1)))
                .toList();
        assertThat(snippets).hasSize(3).allSatisfy(snippet -> assertThat(source).contains(snippet));
        assertThat(Stream.of(managed(), existing(), domain())).doesNotContainNull();
    }

    @Test
    void everyOptionIsInTheTable() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Stream.of(Domain.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getReturnType() == Domain.class)
                        .map(Method::getName))
                .hasSizeGreaterThan(10)
                .allSatisfy(option -> assertThat(page).containsPattern("\\| `(Domain\\.)?" + option + "[`(]"));
    }

    private static String letters(String text) {
        return text.replaceAll("\\s+", "");
    }
}
