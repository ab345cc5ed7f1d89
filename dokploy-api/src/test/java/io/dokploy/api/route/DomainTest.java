package io.dokploy.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.value.Secret;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainTest {

    private static final Domain SHOP = Domain.of("shop.example.com");

    @Test
    void aUnicodeHostBecomesPunycode() {
        assertThat(Domain.of("Bücher.Example.com").host()).isEqualTo("xn--bcher-kva.example.com");
        assertThat(Domain.of("例え.jp").host()).isEqualTo("xn--r8jz45g.jp");
    }

    @Test
    void whatIsNoHostIsRefused() {
        for (String host : List.of(
                "",
                " ",
                "a b",
                "a_b.com",
                "-a.com",
                "a..b",
                "*.example.com",
                "a.com:80",
                "http://a.com",
                "a.com/x",
                "a`) || Host(`b",
                "{{x}}",
                "a".repeat(64) + ".com",
                "a.".repeat(130) + "com")) {
            assertThatThrownBy(() -> Domain.of(host)).as(host).isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void whatIsNoPathOrWouldNeverMatchIsRefused() {
        for (String path :
                List.of("", "api", "/a b", "/a`b", "/caf%C3%A9", "/café", "/a?b", "/a#b", "/" + "a".repeat(500))) {
            assertThatThrownBy(() -> SHOP.path(path)).as(path).isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> SHOP.internalPath(path)).as(path).isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void allProblemsAreInOneError() {
        assertThatThrownBy(() -> new Domain(
                        "a b",
                        "api",
                        false,
                        "v2",
                        0,
                        Tls.none(),
                        true,
                        WwwRedirect.NONE,
                        List.of(),
                        List.of(),
                        List.of("nowhere"),
                        java.util.Optional.empty(),
                        false,
                        false,
                        false,
                        List.of("a b")))
                .message()
                .contains("host", "path", "internalPath", "port", "nowhere", "\"a b\" is not a middleware name");
    }

    @Test
    void onlyAddressesAndRangesAreAllowedIps() {
        for (String good : List.of(
                "10.0.0.0/8", "203.0.113.7", "0.0.0.0/0", "2001:db8::1", "2001:db8::/32", "::/0", "::ffff:10.0.0.1")) {
            assertThatCode(() -> SHOP.allowedIps(List.of(good))).as(good).doesNotThrowAnyException();
        }
        for (String bad : List.of(
                "",
                "10.0.0",
                "256.1.1.1",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "2001:db8::/129",
                "1::2::3",
                ":",
                "fe80::1%eth0",
                "example.com",
                "01.2.3.4")) {
            assertThatThrownBy(() -> SHOP.allowedIps(List.of(bad))).as(bad).isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void whoHasNoDomainGetsOneThatHoldsTheServersAddress() throws Exception {
        assertThat(Domain.generated("shop", InetAddress.getByName("203.0.113.7"))
                        .host())
                .isEqualTo("shop.203-0-113-7.sslip.io");
        assertThat(Domain.generated("shop-2", InetAddress.getByName("2001:db8::1"))
                        .host())
                .isEqualTo("shop-2.2001-db8-0-0-0-0-0-1.sslip.io");
        for (String name : List.of("", "a.b", "A", "1-2-3-4", "shop-10-0-0-1-x", "-a")) {
            assertThatThrownBy(() -> Domain.generated(name, InetAddress.getByName("203.0.113.7")))
                    .as(name)
                    .isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void twoCollideIfTheyServeOrRedirectTheSameHostAndPath() {
        assertThat(SHOP.collidesWith(Domain.of("SHOP.example.com").port(8080))).isTrue();
        assertThat(SHOP.collidesWith(SHOP.path("/api"))).isFalse();
        Domain www = Domain.of("www.shop.example.com");
        assertThat(SHOP.collidesWith(www)).isFalse();
        assertThat(SHOP.www(WwwRedirect.TO_BARE).collidesWith(www)).isTrue();
        assertThat(www.collidesWith(SHOP.www(WwwRedirect.TO_WWW))).isTrue();
    }

    @Test
    void textThatNobodyCanWriteDownIsRefused() {
        for (String text : List.of("a\ud83d", "\ude80", "a\nb", "a\u0000", " ")) {
            assertThatThrownBy(() -> new BasicAuthUser(text, Secret.of("secret")))
                    .isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> new RedirectRule("^x$", text, true)).isInstanceOf(InvalidSpecException.class);
        }
        assertThatThrownBy(() -> new BasicAuthUser("a:b", Secret.of("secret")))
                .isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> new BasicAuthUser("ada", Secret.of("x".repeat(73))))
                .isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> new RedirectRule("(", "/", true)).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void theUrlIsWhatABrowserIsGiven() {
        assertThat(SHOP.path("/api").url()).isEqualTo("http://shop.example.com/api");
        assertThat(SHOP.https(Tls.letsEncrypt()).url()).isEqualTo("https://shop.example.com/");
    }
}
