package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.notifier.webhook.WebhookSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is given as a secret is seen nowhere: programs, applications and servers that repeat it are part of the test.
 * The containers' own configuration has the variables, since that is how an application gets them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsIT {

    private static final String BUILD = "build+Rq7/x&Secret?12";
    private static final String VARIABLE = "variable%Kp3=Secret/45";
    private static final String TOKEN = "ghp_Token~Wm9:Secret+78";
    private static final String REGISTRY = "registry#Vb5/Secret&90";
    private static final String VISITOR = "visitor@Jt2+Secret?34";
    private static final String WEBHOOK = "whsec_Zc8=Secret/56";

    @TempDir
    static Path directory;

    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
    private static PrintStream out;
    private static PrintStream err;
    private static CommandLines commandLines;
    private static RudeRegistry registry;
    private static LiveShop shop;
    private final SecretSearch search = new SecretSearch(List.of(BUILD, VARIABLE, TOKEN, REGISTRY, VISITOR, WEBHOOK));

    @BeforeAll
    static void open() {
        out = System.out;
        err = System.err;
        System.setOut(new PrintStream(SAID, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(SAID, true, StandardCharsets.UTF_8));
        commandLines = new CommandLines();
        registry = new RudeRegistry();
        shop = new LiveShop(
                directory,
                builder -> builder.notifier(WebhookSettings.builder(URI.create("http://127.0.0.1:9/hook"))
                        .signingSecret(Secret.of(WEBHOOK))
                        .build()));
        shop.git.login("bot", TOKEN);
        shop.site.client().registries().put(new RegistryCredentials(registry.host(), "bot", Secret.of(REGISTRY)));
    }

    @AfterAll
    static void close() throws Exception {
        System.setOut(out);
        System.setErr(err);
        shop.close();
        registry.close();
        commandLines.close();
    }

    @AfterEach
    void nothingIsSeen() {
        search.in("the output of this JVM", SAID.toString(StandardCharsets.UTF_8));
        for (var operation : shop.site.client().operations().list(100)) {
            var followed = shop.site.client().operations().get(operation.id());
            search.in(
                    "the log of " + operation.id(),
                    String.join("\n", followed.log().lines()));
            search.in("the record of " + operation.id(), operation.toString());
        }
        shop.site.dokploy().events().read(0, 10_000).forEach(event -> search.in("an event", event.toString()));
        search.in("the arguments of programs", commandLines.seen());
        search.inFiles(directory);
        search.inNewFiles(Path.of(System.getProperty("java.io.tmpdir")));
        search.inNewFiles(Path.of(System.getProperty("user.home"), ".docker"));
        assertThat(search.found()).isEmpty();
        assertThat(Leftovers.of(shop.site))
                .filteredOn(line -> !line.startsWith("image"))
                .isEmpty();
    }

    @Test
    @Order(1)
    void aDeploymentThatSucceeds() {
        shop.repository.commitDockerfile(dockerfile("exit 0"));
        everySecret();

        var operation = shop.deploy();
        var release = operation.await(Site.PATIENCE);

        assertThat(operation.log().lines()).anyMatch(line -> line.contains("plain ********"));
        search.in("the release", release.toString());
        search.in("the image", Site.docker("image", "inspect", release.image().id()));
        search.in(
                "the image's history",
                Site.docker("image", "history", "--no-trunc", release.image().id()));
        assertThat(commandLines.seen()).contains("docker-buildx build");
    }

    @Test
    @Order(2)
    void aBuildThatFails() {
        shop.repository.commitDockerfile(dockerfile("exit 3"));
        everySecret();
        assertThat(failure(BuildFailedException.class)).hasMessageContaining("plain ********");
    }

    @Test
    @Order(3)
    void anApplicationThatSaysItBeforeItDies() {
        shop.repository.commit("2", "EXIT_AFTER=0s", "EXIT_CODE=1");
        everySecret();
        assertThat(failure(ContainerExitedException.class)).hasMessageContaining("********");
    }

    @Test
    @Order(4)
    void aRegistryThatRepeatsTheLoginWhenItRefusesAPush() {
        shop.repository.commit("3");
        everySecret();
        change(spec -> spec.pushTo(registry.host() + "/shop"));
        assertThat(failure(DokployException.class)).hasMessageContaining("you sent");
        assertThat(registry.logins()).isNotEmpty();
    }

    @Test
    @Order(5)
    void aRegistryThatRepeatsTheLoginWhenItRefusesABaseImage() {
        shop.repository.commitDockerfile("FROM " + registry.host() + "/base:1\n");
        everySecret();
        var operation = shop.deploy();
        assertThatThrownBy(() -> operation.await(Site.PATIENCE)).isInstanceOf(BuildFailedException.class);
        assertThat(operation.log().lines()).anyMatch(line -> line.contains("cannot be pulled"));
        assertThat(operation.log().lines()).anyMatch(line -> line.contains("you sent"));
    }

    @Test
    @Order(6)
    void aGitServerThatRepeatsTheTokenInItsError() {
        shop.git.echo();
        everySecret();
        assertThat(failure(SourceUnavailableException.class, AccessDeniedException.class))
                .hasMessageContaining("you sent");
    }

    /** A build that says its secret as it is, in Base64 and inside a longer text in Base64. */
    private static String dockerfile(String end) {
        return """
                FROM busybox:1.37 AS talk
                RUN --mount=type=secret,id=key,required=true \
                    echo "plain $(cat /run/secrets/key)"; \
                    echo "encoded $(base64 -w 0 /run/secrets/key)"; \
                    echo "header $(printf 'bot:%%s' "$(cat /run/secrets/key)" | base64 -w 0)"; \
                    : %s; %s
                RUN touch /built
                FROM dokploy/testapp:1
                COPY --from=talk /built /built
                ENV VERSION=secrets
                """.formatted(UUID.randomUUID(), end);
    }

    private static void everySecret() {
        change(spec -> spec);
    }

    private static void change(
            java.util.function.UnaryOperator<io.dokploy.api.application.ApplicationSpec.Builder> more) {
        shop.change(spec -> more.apply(spec.source(GitSource.of(shop.git.url())
                        .branch("main")
                        .credentials(new GitCredentials.Basic("bot", Secret.of(TOKEN))))
                .buildSecret("key", Secret.of(BUILD))
                .env("CRASH_MESSAGE", Secret.of(VARIABLE))
                .domains(List.of(Domain.of("shop.localhost")
                        .port(3000)
                        .basicAuth(List.of(new BasicAuthUser("visitor", Secret.of(VISITOR))))))));
    }

    @SafeVarargs
    private DokployException failure(Class<? extends DokployException>... types) {
        var operation = shop.deploy();
        var failure = catchThrowableOfType(DokployException.class, () -> operation.await(Site.PATIENCE));
        assertThat(Set.of(types)).as(String.valueOf(failure)).anyMatch(type -> type.isInstance(failure));
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        search.in("the error", trace.toString());
        search.in("the failure", failure.failure().toString());
        return failure;
    }
}
