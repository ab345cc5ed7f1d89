package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.CertificateException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.RateLimit;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.core.traefik.TestCertificates.Pair;
import io.dokploy.spi.engine.ContainerSpec;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Each option of a domain, as a browser meets it behind a real Traefik. */
class DomainOptionsIT {

    private static final String TEMPLATE = "{{ env \"PATH\" }}";

    @TempDir
    static Path folder;

    private static TestFrontDoor door;
    private static String app;
    private static String other;

    private String name;
    private String host;
    private Domain domain;

    @BeforeAll
    static void open() {
        door = new TestFrontDoor(folder);
        app = door.testapp("1");
        other = door.testapp("2");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @BeforeEach
    void nameTheApplication(TestInfo test) {
        name = Names.hash(test.getDisplayName());
        host = "h" + name + ".localhost";
        domain = Domain.of(host);
    }

    @Test
    void aHostServesEveryPathOfItAndNoOtherHost() throws IOException {
        serve(domain);
        assertThat(door.http(host).get("/").body()).isEqualTo("testapp 1\n");
        assertThat(door.http(host + ":" + door.httpPort()).get("/").status()).isEqualTo(200);
        assertThat(door.http(host).get("/headers").body())
                .contains("Host: " + host)
                .contains("X-Forwarded-For: ");
        assertThat(door.http("other-" + host).get("/").status()).isEqualTo(404);
    }

    @Test
    void aUnicodeHostIsServedAsPunycode() throws IOException {
        Domain unicode = Domain.of("Bücher-" + name + ".localhost");
        serve(unicode);
        assertThat(unicode.host()).startsWith("xn--");
        assertThat(door.http(unicode.host()).get("/").status()).isEqualTo(200);
    }

    @Test
    void aPathServesWhatBeginsWithIt() throws IOException {
        serve(domain.path("/headers"));
        assertThat(door.http(host).get("/headers?a=b").body()).startsWith("GET /headers?a=b ");
        assertThat(door.http(host).get("/").status()).isEqualTo(404);
    }

    @Test
    void aStrippedPathIsNotSeenByTheApplication() throws IOException {
        serve(domain.path("/api").strippingPath());
        assertThat(door.http(host).get("/api/headers?a=b").body()).startsWith("GET /headers?a=b ");
        assertThat(door.http(host).get("/api").status()).isEqualTo(200);
    }

    @Test
    void anInternalPathIsPutInFront() throws IOException {
        serve(domain.path("/api").strippingPath().internalPath("/v2/"));
        assertThat(door.http(host).get("/api/thing").body()).contains("not found: /v2/thing");
    }

    @Test
    void aPortIsThatOfTheContainer() throws IOException {
        String elsewhere = door.start(
                "port8080",
                ContainerSpec.of(door.name("port8080"), TestFrontDoor.TESTAPP)
                        .env("PORT", "8080")
                        .env("VERSION", "8"));
        door.serve(name, elsewhere, domain.port(8080));
        await().untilAsserted(() -> assertThat(door.http(host).get("/").body()).isEqualTo("testapp 8\n"));
    }

    @Test
    void withHttpsPlainHttpIsRedirected() throws IOException {
        Pair pair = TestCertificates.valid(host);
        serve(domain.https(Tls.certificate(pair.chain(), pair.key())));
        assertThat(door.https(host).get("/").body()).isEqualTo("testapp 1\n");
        Page plain = door.http(host).get("/a/b?c=d");
        assertThat(plain.status()).isIn(301, 308);
        assertThat(plain.header("Location")).isEqualTo("https://" + host + ":" + door.httpsPort() + "/a/b?c=d");
    }

    @Test
    void withoutTheRedirectBothServe() throws IOException {
        Pair pair = TestCertificates.valid(host);
        serve(domain.https(Tls.certificate(pair.chain(), pair.key())).withoutHttpsRedirect());
        assertThat(door.https(host).get("/").status()).isEqualTo(200);
        assertThat(door.http(host).get("/").status()).isEqualTo(200);
    }

    @Test
    void wwwGoesToTheBareHost() throws IOException {
        serve(domain.www(WwwRedirect.TO_BARE));
        Page page = door.http("www." + host).get("/a?b=c");
        assertThat(page.status()).isIn(301, 308);
        assertThat(page.header("Location")).isEqualTo("http://" + host + ":" + door.httpPort() + "/a?b=c");
        assertThat(door.http(host).get("/").status()).isEqualTo(200);
    }

    @Test
    void theBareHostGoesToWww() throws IOException {
        Pair pair = TestCertificates.valid(host, "www." + host);
        serve(domain.www(WwwRedirect.TO_WWW).https(Tls.certificate(pair.chain(), pair.key())));
        String target = "https://www." + host + ":" + door.httpsPort() + "/a?b=c";
        assertThat(door.http(host).get("/a?b=c").header("Location")).isEqualTo(target);
        assertThat(door.https(host).get("/a?b=c").header("Location")).isEqualTo(target);
        assertThat(door.http("www." + host).get("/a?b=c").header("Location")).isEqualTo(target);
        assertThat(door.https("www." + host).get("/").status()).isEqualTo(200);
    }

    @Test
    void redirectRulesSendElsewhere() throws IOException {
        serve(domain.redirects(List.of(
                new RedirectRule("^http://[^/]+/old/(.*)", "https://new.example.com/${1}", true),
                new RedirectRule("/soon$", "/later", false))));
        Page permanent = door.http(host).get("/old/shoes?size=9");
        assertThat(permanent.status()).isIn(301, 308);
        assertThat(permanent.header("Location")).isEqualTo("https://new.example.com/shoes?size=9");
        assertThat(door.http(host).get("/soon").status()).isIn(302, 307);
        assertThat(door.http(host).get("/").status()).isEqualTo(200);
    }

    @Test
    void basicAuthLetsInWhoKnowsThePassword() throws IOException {
        serve(domain.basicAuth(List.of(new BasicAuthUser("ada", Secret.of("päss:wörd")))));
        assertThat(door.http(host).get("/").status()).isEqualTo(401);
        assertThat(login("ada", "wrong").status()).isEqualTo(401);
        Page in = login("ada", "päss:wörd");
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.body()).as("the application does not see the password").doesNotContain("Authorization");
        assertThat(routes())
                .as("the folder holds a bcrypt hash")
                .contains("ada:$2a$")
                .doesNotContain("päss");
    }

    @Test
    void onlyAllowedAddressesMayEnter() throws IOException {
        serve(
                domain.path("/nobody").allowedIps(List.of("192.0.2.1", "2001:db8::/32")),
                domain.allowedIps(List.of("0.0.0.0/0")));
        assertThat(door.http(host).get("/nobody").status()).isEqualTo(403);
        assertThat(door.http(host).get("/").status()).isEqualTo(200);
    }

    @Test
    void tooManyRequestsAreRefused() throws IOException {
        serve(domain.rateLimit(new RateLimit(1, 3)));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 20; i++) {
            statuses.add(door.http(host).get("/").status());
        }
        assertThat(statuses).startsWith(200, 200, 200).contains(429).isSubsetOf(200, 429);
    }

    @Test
    void answersAreCompressed() throws IOException {
        serve(domain.compressed());
        Page page = door.http(host).header("Accept-Encoding", "gzip").get("/bytes?n=100000");
        assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(page.body().length()).isLessThan(50_000);
        assertThat(door.http(host).get("/bytes?n=100000").body()).hasSize(100_000);
    }

    @Test
    void securityHeadersAreAdded() throws IOException {
        Pair pair = TestCertificates.valid(host);
        serve(domain.https(Tls.certificate(pair.chain(), pair.key())).withSecurityHeaders());
        Page page = door.https(host).get("/");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(page.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    @Test
    void aMiddlewareOfTheRouterIsUsedByName() throws IOException {
        Files.writeString(
                door.watched().resolve("extra.yml"),
                "http: {middlewares: {my-mark: {headers: {customResponseHeaders: {X-Mark: here}}}}}");
        await().ignoreExceptions().untilAsserted(() -> serve(domain.middlewares(List.of("my-mark"))));
        assertThat(door.http(host).get("/").header("X-Mark")).isEqualTo("here");
    }

    @Test
    void anUnknownMiddlewareIsRefusedBeforeItIsUsed() {
        assertThatThrownBy(() -> serve(domain.middlewares(List.of("no-such@file"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("no-such@file");
        assertThat(door.router().published(door.application(name))).isEmpty();
    }

    @Test
    void aStickyClientStaysWithOneReplica() throws IOException {
        door.serve(name, List.of(app, other), domain.withStickySessions());
        var versions = new TreeSet<String>();
        for (int i = 0; i < 20; i++) {
            versions.add(door.http(host).get("/").header("X-Version"));
        }
        assertThat(versions).as("new clients are spread").containsExactly("1", "2");
        Page first = door.http(host).get("/");
        String cookie = first.header("Set-Cookie").split(";")[0];
        for (int i = 0; i < 20; i++) {
            Page next = door.http(host).header("Cookie", cookie).get("/");
            assertThat(next.header("X-Version")).isEqualTo(first.header("X-Version"));
        }
    }

    @Test
    void aWebsocketPasses() throws IOException {
        serve(domain.compressed().withSecurityHeaders());
        try (var socket = new Socket("127.0.0.1", door.httpPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new DataInputStream(socket.getInputStream());
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            assertThat(head).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            // a masked text frame with a mask of zeros
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'});
            assertThat(in.readNBytes(4)).containsExactly((byte) 0x81, (byte) 2, (byte) 'h', (byte) 'i');
        }
    }

    @Test
    void noTextOfAUserIsATemplate() throws IOException {
        String path = "/" + TEMPLATE.replace(" ", "").replace("\"", "'");
        serve(
                domain.basicAuth(List.of(new BasicAuthUser(TEMPLATE, Secret.of(TEMPLATE))))
                        .redirects(List.of(new RedirectRule("^.*/out$", "https://example.com/" + TEMPLATE, false))),
                domain.path(path),
                domain.path("/in").strippingPath().internalPath(path));
        assertThat(URLDecoder.decode(door.http(host).get("/out").header("Location"), StandardCharsets.UTF_8))
                .isEqualTo("https://example.com/" + TEMPLATE);
        assertThat(login(TEMPLATE, TEMPLATE).status()).isEqualTo(200);
        assertThat(door.http(host).get("/in/x").body()).contains("not found: " + path + "/x");
        assertThat(door.http(host)
                        .get(path.replace("{", "%7B").replace("}", "%7D") + "/y")
                        .body())
                .contains("not found: " + path + "/y");
        assertThat(routes()).doesNotContain("{{").doesNotContain("/usr/local");
    }

    @Test
    void anOwnCertificateIsServed() throws IOException {
        Pair pair = TestCertificates.valid(host);
        Domain own = domain.https(Tls.certificate(pair.chain(), pair.key()));
        serve(own);
        Page page = door.https(host).get("/");
        assertThat(page.certificate().getSubjectX500Principal().getName()).contains("CN=" + host);
        assertThat(door.router().certificates(List.of(own), door.context()))
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.valid()).as(status.problem()).isTrue();
                    assertThat(status.host()).isEqualTo(host);
                });
    }

    @Test
    void aNewCertificateTakesTheOldOnesPlaceAndItsFilesGo() throws Exception {
        Pair first = TestCertificates.valid(host);
        Pair second = TestCertificates.valid(host);
        serve(domain.https(Tls.certificate(first.chain(), first.key())));
        serve(domain.https(Tls.certificate(second.chain(), second.key())));
        X509Certificate shown = door.https(host).get("/").certificate();
        assertThat(TestCertificates.pem(shown)).isEqualTo(second.chain());
        serve(domain);
        serve(domain.port(3000));
        try (var files = Files.list(door.watched().resolve("certs"))) {
            assertThat(files.filter(file -> file.getFileName().toString().contains("_" + name + "_")))
                    .isEmpty();
        }
    }

    @Test
    void aBadCertificateIsRefusedAndTheFormerOneGoesOnServing() throws IOException {
        Pair good = TestCertificates.valid(host);
        serve(domain.https(Tls.certificate(good.chain(), good.key())));
        Instant now = Instant.now();
        Pair expired = TestCertificates.of(
                TestCertificates.keys("EC"), now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)), host);
        Pair strange = TestCertificates.valid("other.example.com");
        for (var bad : Map.of(
                        "not for the host", new Tls.Own(strange.chain(), strange.key()),
                        "expired", new Tls.Own(expired.chain(), expired.key()),
                        "not the one of this certificate", new Tls.Own(good.chain(), strange.key()))
                .entrySet()) {
            assertThatThrownBy(() -> serve(domain.https(bad.getValue())))
                    .isInstanceOf(CertificateException.class)
                    .hasMessageContaining(bad.getKey());
        }
        assertThat(TestCertificates.pem(door.https(host).get("/").certificate()))
                .isEqualTo(good.chain());
    }

    @Test
    void whatTheRouterIsNotSetUpForIsATypedError() {
        assertThatThrownBy(() -> serve(domain.https(Tls.letsEncrypt())))
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("acme(");
        assertThatThrownBy(() -> serve(domain.https(Tls.resolver("corporate"))))
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("corporate");
    }

    private void serve(Domain... domains) {
        door.serve(name, app, domains);
    }

    private Page login(String user, String password) throws IOException {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return door.http(host)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .get("/headers");
    }

    private String routes() {
        return TestFrontDoor.read(door.watched().resolve(Names.of(door.application(name)) + ".yml"));
    }
}
