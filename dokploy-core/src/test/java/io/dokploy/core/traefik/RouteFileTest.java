package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.RateLimit;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Candidate;
import io.dokploy.spi.Router.Published;
import io.dokploy.spi.Router.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's file, letter by letter: what a {@code git diff} of the folder shows. */
class RouteFileTest {

    private static final TraefikSettings SETTINGS = TraefikSettings.managed().acme("ops@example.com");
    private static final PrivateRoutes PRIVATE = new PrivateRoutes("dokploy", "0123456789abcdef0123456789abcdef");
    private static final ApplicationRef SHOP =
            new ApplicationRef("store1", new ApplicationId("app_SHOP"), "acme", "production", "shop");
    private static final Domain DOMAIN = Domain.of("shop.example.com");
    private static final Backend LIVE = backend("rel_2", 1, "shop-2-1");

    static Stream<Arguments> goldenFiles() {
        return Stream.of(
                golden("plain", DOMAIN),
                golden("unicode-host", Domain.of("Bücher.example.com")),
                golden("path", DOMAIN.path("/api")),
                golden("strip-path", DOMAIN.path("/api").strippingPath().internalPath("/v2/")),
                golden("port", DOMAIN.port(8080)),
                golden("lets-encrypt", DOMAIN.https(Tls.letsEncrypt())),
                golden("tls-challenge", DOMAIN.https(Tls.letsEncrypt(Tls.Challenge.TLS))),
                golden("resolver", DOMAIN.https(Tls.resolver("corporate"))),
                golden("own-certificate", DOMAIN.https(Tls.certificate("chain", Secret.of("key")))),
                golden("https-and-http", DOMAIN.https(Tls.letsEncrypt()).withoutHttpsRedirect()),
                golden("www-to-bare", DOMAIN.www(WwwRedirect.TO_BARE)),
                golden("bare-to-www", DOMAIN.https(Tls.letsEncrypt()).www(WwwRedirect.TO_WWW)),
                golden(
                        "redirect-rules",
                        DOMAIN.redirects(List.of(
                                new RedirectRule("^https?://[^/]+/old/(.*)", "https://shop.example.com/new/${1}", true),
                                new RedirectRule("/tmp$", "/", false)))),
                golden("basic-auth", DOMAIN.basicAuth(List.of(new BasicAuthUser("ada", Secret.of("secret"))))),
                golden("allowed-ips", DOMAIN.allowedIps(List.of("10.0.0.0/8", "2001:db8::1"))),
                golden("rate-limit", DOMAIN.rateLimit(new RateLimit(10, 20))),
                golden("compression", DOMAIN.compressed()),
                golden("security-headers", DOMAIN.https(Tls.letsEncrypt()).withSecurityHeaders()),
                golden("middlewares", DOMAIN.middlewares(List.of("my-auth@file", "corporate"))),
                golden("sticky-sessions", DOMAIN.withStickySessions()),
                Arguments.of(
                        "replicas",
                        routes(
                                List.of(DOMAIN),
                                List.of(new Backend(
                                        new ReleaseId("rel_2"),
                                        1,
                                        List.of("shop-2-1", "shop-2-2"),
                                        Optional.of(HttpHealthCheck.get("/healthz")))))),
                Arguments.of(
                        "canary",
                        routes(
                                List.of(DOMAIN),
                                List.of(backend("rel_1", 90, "shop-1-1"), backend("rel_2", 10, "shop-2-1")))),
                Arguments.of("stopped", routes(List.of(DOMAIN), List.of())),
                Arguments.of(
                        "candidate",
                        new Routes(
                                SHOP,
                                7,
                                3,
                                List.of(DOMAIN),
                                List.of(backend("rel_1", 1, "shop-1-1")),
                                List.of(new Candidate(new ReleaseId("rel_2"), "shop-2-1", 3000)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenFiles")
    void theFileIsAsItWasAgreed(String name, Routes routes) {
        assertThat(render(routes)).isEqualTo(golden(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenFiles")
    void theSameRoutesGiveTheSameFile(String name, Routes routes) {
        assertThat(render(routes)).isEqualTo(render(routes));
    }

    @Test
    void aNewReleaseChangesOnlyTheLinesThatNameIt() {
        Domain rich = DOMAIN.https(Tls.letsEncrypt()).compressed().path("/api").strippingPath();
        List<String> before = lines(routes(List.of(rich), List.of(backend("rel_1", 1, "shop-1-1"))));
        List<String> after = lines(routes(List.of(rich), List.of(LIVE)));
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                assertThat(after.get(i)).containsAnyOf("rel_2", "shop-2-1", "digest");
            }
        }
    }

    @Test
    void aFurtherDomainOnlyAddsLines() {
        Domain blog = Domain.of("blog.example.com").path("/b");
        List<String> after = lines(routes(List.of(DOMAIN, blog), List.of(LIVE)));
        List<String> missing = new ArrayList<>(lines(routes(List.of(DOMAIN), List.of(LIVE))));
        missing.removeAll(after);
        assertThat(missing).singleElement().asString().contains("digest");
    }

    @Test
    void noHostTakesTheNamesOfOurOwnRoutes() {
        for (String host : List.of("revision", "candidate", "api", "www", "http")) {
            var routes = new Routes(
                    SHOP,
                    7,
                    3,
                    List.of(Domain.of(host)),
                    List.of(LIVE),
                    List.of(new Candidate(new ReleaseId("rel_3"), "shop-3-1", 3000)));
            assertThat(render(routes))
                    .as(host)
                    .contains("Host(`" + host + "`)")
                    .contains("Header(`Dokploy-Revision`, `" + Names.of(SHOP) + "/7`)")
                    .contains("Header(`Dokploy-Candidate`, `shop-3-1:3000`)");
        }
    }

    @Test
    void whatWasHandedOverCanBeReadBack() {
        Routes routes = routes(List.of(DOMAIN), List.of(backend("rel_1", 90, "a"), backend("rel_2", 10, "b")));
        RouteHeader header = RouteHeader.read(render(routes)).orElseThrow();
        assertThat(header.instance()).isEqualTo("store1");
        assertThat(header.published().applicationId()).isEqualTo("app_SHOP");
        assertThat(header.published().revision()).isEqualTo(7);
        assertThat(header.published().epoch()).isEqualTo(3);
        assertThat(header.published().releases()).containsExactly(new ReleaseId("rel_1"), new ReleaseId("rel_2"));
    }

    @Test
    void aFileThatSomebodyChangedIsKnown() {
        String file = render(routes(List.of(DOMAIN), List.of(LIVE)));
        assertThat(RouteHeader.read(file).orElseThrow().published().intact()).isTrue();
        for (String changed :
                List.of(file.replace("http://shop-2-1", "http://elsewhere"), file + "# mine\n", file.stripTrailing())) {
            Published published = RouteHeader.read(changed).orElseThrow().published();
            assertThat(published.intact()).isFalse();
            assertThat(published.epoch()).as("it still fences").isEqualTo(3);
        }
    }

    @Test
    void somebodyElsesFileIsNotReadAsOurs() {
        assertThat(RouteHeader.read("http: {}\n")).isEmpty();
        assertThat(RouteHeader.read("#: revision: many\n")).isEmpty();
        assertThat(RouteHeader.read("#: [\n")).isEmpty();
    }

    @Test
    void anExistingTraefiksNamesAndPortsAreUsed() {
        TraefikSettings existing = TraefikSettings.existing(Path.of("/folder"), URI.create("http://127.0.0.1:8082"))
                .entryPoints("http", "https", "private")
                .resolvers("le", "le-tls")
                .httpsPort(8443);
        String file = render(routes(List.of(DOMAIN.https(Tls.letsEncrypt())), List.of(LIVE)), existing);
        assertThat(file)
                .contains("- \"https\"", "- \"http\"", "\"certResolver\": \"le\"", "\"port\": \"8443\"")
                .doesNotContain("websecure");
    }

    private static Arguments golden(String name, Domain domain) {
        return Arguments.of(name, routes(List.of(domain), List.of(LIVE)));
    }

    private static Routes routes(List<Domain> domains, List<Backend> backends) {
        return new Routes(SHOP, 7, 3, domains, backends, List.of());
    }

    private static Backend backend(String release, int weight, String host) {
        return new Backend(new ReleaseId(release), weight, List.of(host), Optional.empty());
    }

    private static List<String> lines(Routes routes) {
        return render(routes).lines().toList();
    }

    private static String render(Routes routes) {
        return render(routes, SETTINGS);
    }

    private static String render(Routes routes, TraefikSettings settings) {
        var certificate = ConfigMap.of("certFile", "/certs/x.pem").put("keyFile", "/certs/x.key");
        boolean own = routes.domains().stream().anyMatch(domain -> domain.tls() instanceof Tls.Own);
        return new RouteFile(routes, settings, PRIVATE, user -> "$2a$10$hash-of-" + user.username())
                .render(own ? List.of(certificate) : List.of());
    }

    private static String golden(String name) {
        try (var in = RouteFileTest.class.getResourceAsStream("golden/" + name + ".yml")) {
            return in == null
                    ? "there is no golden file " + name
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
