package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.spi.Router.Answer;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Candidate;
import io.dokploy.spi.Router.Published;
import io.dokploy.spi.Router.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Router} promises. Inherit it, and give a router that was started, its instance, a context, and
 * backends that it reaches; backends tell themselves apart by the status that they answer.
 */
public abstract class RouterContract {

    private static final int PORT = 3000;
    private static final int ROUNDS = 40;

    private final String unique = SampleReleases.unique(8).toLowerCase(Locale.ROOT);
    private final List<ApplicationRef> published = new ArrayList<>();
    private final ReleaseId old = SampleReleases.releaseId();
    private final ReleaseId next = SampleReleases.releaseId();

    /** The router under test, started, and attached to the network of its backends. The same one within a test. */
    protected abstract Router router();

    /** Whose routes it publishes. */
    protected abstract String instance();

    /** What its calls are given. */
    protected abstract PluginContext context();

    /** The network name of something that answers every request on port 3000 with that status, as long as the test runs. */
    protected abstract String backend(int status);

    @AfterEach
    void withdrawWhatTheTestPublished() {
        published.forEach(router()::withdraw);
    }

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(router().id()).matches("[a-z][a-z0-9-]*").isEqualTo(router().id());
    }

    @Test
    void whatIsPublishedComesIntoForce() {
        ApplicationRef shop = application("shop");
        inForce(routes(shop, 1, 1, backends(old, 200)));
        assertThat(router().published(shop)).contains(new Published(shop.id().value(), 1, 1, List.of(old)));
        Answer answer = router().ask(domain(shop), context());
        assertThat(answer.status()).as(answer.problem()).isEqualTo(200);
        assertThat(answer.routed()).isTrue();
    }

    @Test
    void aDomainThatNobodyHasIsNotOurs() {
        assertThat(router().ask(Domain.of("nobody-" + unique + ".localhost"), context())
                        .routed())
                .isFalse();
        assertThat(router().published(application("nobody"))).isEmpty();
    }

    @Test
    void aNewRevisionTakesTheOldOnesPlace() {
        ApplicationRef shop = application("shop");
        inForce(routes(shop, 1, 1, backends(old, 200)));
        inForce(routes(shop, 2, 1, backends(next, 202)));
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(202);
        assertThat(router().published(shop)).map(Published::releases).contains(List.of(next));
    }

    @Test
    void anOlderEpochIsRefusedAndChangesNothing() {
        ApplicationRef shop = application("shop");
        inForce(routes(shop, 1, 7, backends(old, 200)));
        assertThatThrownBy(() -> router().publish(routes(shop, 2, 6, backends(next, 202))))
                .isInstanceOf(FencedException.class);
        assertThat(router().published(shop)).map(Published::epoch).contains(7L);
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(200);
        inForce(routes(shop, 2, 8, backends(next, 202)));
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(202);
    }

    @Test
    void publishingTheSameAgainIsNoError() {
        ApplicationRef shop = application("shop");
        Routes routes = routes(shop, 1, 1, backends(old, 200));
        inForce(routes);
        inForce(routes);
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(200);
    }

    @Test
    void withoutBackendsTheAnswerIs503() {
        ApplicationRef shop = application("shop");
        inForce(routes(shop, 1, 1, List.of()));
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(503);
    }

    @Test
    void aCandidateIsReachedByItsPrivateRouteOnly() {
        ApplicationRef shop = application("shop");
        var candidate = new Candidate(next, backend(202), PORT);
        var dead = new Candidate(next, "nobody-" + unique, PORT);
        inForce(new Routes(shop, 1, 1, List.of(domain(shop)), backends(old, 200), List.of(candidate, dead)));
        assertThat(router().probe(candidate, HttpHealthCheck.get("/healthz"), context())
                        .status())
                .isEqualTo(202);
        Answer bad = router().probe(dead, HttpHealthCheck.get("/healthz"), context());
        assertThat(bad.status() == 0 || bad.status() >= 500)
                .as("status %d: %s", bad.status(), bad.problem())
                .isTrue();
        assertThat(IntStream.range(0, 5).mapToObj(i -> router().ask(domain(shop), context())))
                .extracting(Answer::status)
                .containsOnly(200);
    }

    @Test
    void backendsGetTheirShare() {
        ApplicationRef shop = application("shop");
        List<Backend> both = List.of(
                new Backend(old, 50, List.of(backend(200)), Optional.empty()),
                new Backend(next, 50, List.of(backend(202)), Optional.empty()));
        inForce(routes(shop, 1, 1, both));
        assertThat(IntStream.range(0, ROUNDS).mapToObj(i -> router().ask(domain(shop), context())))
                .extracting(Answer::status)
                .contains(200, 202)
                .isSubsetOf(200, 202);
        assertThat(router().published(shop).orElseThrow().releases()).containsExactlyInAnyOrder(old, next);
    }

    @Test
    void whatIsWithdrawnIsGoneAndTheOthersStay() {
        ApplicationRef shop = application("shop");
        ApplicationRef blog = application("blog");
        inForce(routes(shop, 1, 1, backends(old, 200)));
        inForce(routes(blog, 1, 1, backends(old, 202)));
        assertThat(applicationIds()).contains(shop.id().value(), blog.id().value());
        router().withdraw(shop);
        router().withdraw(shop);
        assertThat(router().published(shop)).isEmpty();
        assertThat(applicationIds())
                .contains(blog.id().value())
                .doesNotContain(shop.id().value());
        assertThat(router().ask(domain(blog), context()).status()).isEqualTo(202);
    }

    @Test
    void anotherStoreSeesNothingOfOurs() {
        ApplicationRef shop = application("shop");
        inForce(routes(shop, 1, 1, backends(old, 200)));
        assertThat(router().all(instance() + "-other")).isEmpty();
    }

    @Test
    void aPathIsServedByItsOwner() {
        ApplicationRef shop = application("shop");
        ApplicationRef api = application("api");
        Domain below = domain(shop).path("/api");
        inForce(routes(shop, 1, 1, backends(old, 200)));
        inForce(new Routes(api, 1, 1, List.of(below), backends(old, 202), List.of()));
        assertThat(router().ask(domain(shop), context()).status()).isEqualTo(200);
        assertThat(router().ask(below, context()).status()).isEqualTo(202);
    }

    @Test
    void hostileTextsAreOnlyTexts() {
        ApplicationRef shop = application("shop");
        ApplicationRef blog = application("blog");
        inForce(routes(blog, 1, 1, backends(old, 202)));
        long revision = 1;
        for (String text : List.of(
                "{{ env \"PATH\" }}",
                "{{ nonsense",
                "}} \" ' ` # : | > - & * ! % @ \\ \\n",
                "${PATH} $(id) %s",
                "日本語 \uD83D\uDE80")) {
            String visible = text.replaceAll("[^\\x21-\\x7e]|[`%?#]", "_");
            Domain open = domain(shop).path("/open/" + visible);
            Domain hostile = domain(shop)
                    .path("/closed/" + visible)
                    .internalPath("/" + visible)
                    .basicAuth(List.of(new BasicAuthUser(text.replace(":", ""), Secret.of(text))))
                    .redirects(List.of(new RedirectRule("^nobody$", "https://example.com/" + text, false)));
            var routes = new Routes(shop, revision++, 1, List.of(open, hostile), backends(old, 200), List.of());
            assertThatCode(() -> router().check(routes)).as(text).doesNotThrowAnyException();
            inForce(routes);
            assertThat(router().ask(domain(blog), context()).status())
                    .as("another application beside %s", text)
                    .isEqualTo(202);
            assertThat(router().published(shop)).map(Published::revision).contains(routes.revision());
        }
    }

    @Test
    void aCheckFindsABadCertificateAndPublishesNothing() {
        ApplicationRef shop = application("shop");
        Domain domain = domain(shop).https(new Tls.Own("no certificate", Secret.of("no key")));
        var routes = new Routes(shop, 1, 1, List.of(domain), backends(old, 200), List.of());
        assertThatThrownBy(() -> router().check(routes)).isInstanceOf(UserErrorException.class);
        assertThat(router().published(shop)).isEmpty();
    }

    @Test
    void openConnectionsAreCountedIfTheyCanBe() {
        assertThat(router().connections(List.of("192.0.2.1"), context()))
                .satisfies(count -> assertThat(count.orElse(0)).isZero());
    }

    private ApplicationRef application(String name) {
        ApplicationRef application = SampleReleases.application(instance(), name + "-" + unique);
        published.add(application);
        return application;
    }

    private static Domain domain(ApplicationRef application) {
        return Domain.of(application.name() + ".localhost").port(PORT);
    }

    private List<Backend> backends(ReleaseId release, int status) {
        return List.of(new Backend(release, 1, List.of(backend(status)), Optional.empty()));
    }

    private static Routes routes(ApplicationRef application, long revision, long epoch, List<Backend> backends) {
        return new Routes(application, revision, epoch, List.of(domain(application)), backends, List.of());
    }

    private void inForce(Routes routes) {
        router().publish(routes);
        router().awaitInForce(routes.application(), routes.revision(), context());
    }

    private List<String> applicationIds() {
        return router().all(instance()).stream().map(Published::applicationId).toList();
    }
}
