package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever people write into a domain's options arrives as exactly that text, and never as a template. */
class UserTextPropertiesTest {

    private static final ApplicationRef SHOP =
            new ApplicationRef("store1", new ApplicationId("app_SHOP"), "acme", "production", "shop");
    private static final String NAME = Names.of(SHOP) + "_shop.example.com";
    private static final Domain DOMAIN = Domain.of("shop.example.com");

    @Property(tries = 500)
    void aText(@ForAll("texts") String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            assertThatThrownBy(() -> ConfigMap.of("key", text)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        String yaml = ConfigMap.of("key " + text, text)
                .put("list", List.of(text, text))
                .toYaml();
        assertThat(yaml).doesNotContain("{{");
        assertThat(load(yaml)).isEqualTo(Map.of("key " + text, text, "list", List.of(text, text)));
    }

    @Property(tries = 300)
    void aUserName(@ForAll("texts") String text) {
        if (accepted(() -> new BasicAuthUser(text, Secret.of("secret")))) {
            Object users = part(
                    DOMAIN.basicAuth(List.of(new BasicAuthUser(text, Secret.of("secret")))),
                    "middlewares",
                    NAME + "_basic-auth",
                    "basicAuth",
                    "users");
            assertThat(users).isEqualTo(List.of(text + ":$2a$10$hash"));
        }
    }

    @Property(tries = 300)
    void aRedirectRule(@ForAll("texts") String text) {
        String regex = Pattern.quote(text);
        if (accepted(() -> new RedirectRule(regex, text, true))) {
            Domain domain = DOMAIN.redirects(List.of(new RedirectRule(regex, text, true)));
            assertThat(part(domain, "middlewares", NAME + "_redirect-0", "redirectRegex"))
                    .isEqualTo(Map.of("regex", regex, "replacement", text, "permanent", "true"));
        }
    }

    @Property(tries = 300)
    void aPath(@ForAll("texts") String text) {
        String path = "/" + text;
        if (accepted(() -> DOMAIN.path(path))) {
            String name = path.equals("/") ? NAME : NAME + "_" + Names.hash(path);
            Domain domain = DOMAIN.path(path).strippingPath().internalPath(path);
            assertThat(part(domain, "routers", name, "rule"))
                    .isEqualTo("Host(`shop.example.com`)" + (path.equals("/") ? "" : " && PathPrefix(`" + path + "`)"));
            if (!path.equals("/")) {
                assertThat(part(domain, "middlewares", name + "_strip-path", "stripPrefix", "prefixes"))
                        .isEqualTo(List.of(path));
                assertThat(part(domain, "middlewares", name + "_internal-path", "addPrefix", "prefix"))
                        .isEqualTo(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            }
        }
    }

    @Property(tries = 300)
    void aHost(@ForAll("texts") String text) {
        if (accepted(() -> Domain.of(text))) {
            Domain domain = Domain.of(text);
            assertThat(domain.host()).matches("[a-z0-9.-]+");
            assertThat(part(domain, "routers", Names.of(SHOP) + "_" + domain.host(), "rule"))
                    .isEqualTo("Host(`" + domain.host() + "`)");
        }
    }

    @Property(tries = 300)
    void aMiddlewareOrResolver(@ForAll("texts") String text) {
        if (accepted(() -> DOMAIN.middlewares(List.of(text)))) {
            assertThat(part(DOMAIN.middlewares(List.of(text)), "routers", NAME, "middlewares"))
                    .isEqualTo(List.of(text.contains("@") ? text : text + "@file"));
        }
        if (accepted(() -> Tls.resolver(text))) {
            assertThat(part(DOMAIN.https(Tls.resolver(text)), "routers", NAME, "tls", "certResolver"))
                    .isEqualTo(text);
        }
    }

    /** What is refused, is refused with a typed error. */
    private static boolean accepted(Runnable making) {
        try {
            making.run();
            return true;
        } catch (InvalidSpecException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> nasty = Arbitraries.of(
                        "{{",
                        "}}",
                        "{",
                        "}",
                        "{{ env \"PATH\" }}",
                        "{{\n",
                        "\\",
                        "\"",
                        "'",
                        "`",
                        "#",
                        ": ",
                        "- ",
                        "$",
                        "${1}",
                        "%",
                        "\n",
                        "\r",
                        "\t",
                        "\u0000",
                        "\u0085",
                        "\u2028",
                        "\ufeff",
                        "\ud83d\ude80",
                        "\ud83d",
                        "é",
                        " ",
                        "a",
                        "*",
                        "&",
                        "!",
                        "|",
                        ">",
                        "---",
                        "...",
                        "~",
                        "null",
                        "yes",
                        "1e3",
                        "?",
                        "@")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(any, nasty);
    }

    private static Object part(Domain domain, String... path) {
        var backend = new Backend(new ReleaseId("rel_1"), 1, List.of("shop-1"), Optional.empty());
        var routes = new Routes(SHOP, 1, 1, List.of(domain), List.of(backend), List.of());
        String yaml = new RouteFile(
                        routes,
                        TraefikSettings.managed(),
                        new PrivateRoutes("dokploy", "0123456789abcdef0123456789abcdef"),
                        user -> "$2a$10$hash")
                .render(List.of());
        assertThat(yaml).doesNotContain("{{");
        Object found = ((Map<?, ?>) load(yaml)).get("http");
        for (String key : path) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
