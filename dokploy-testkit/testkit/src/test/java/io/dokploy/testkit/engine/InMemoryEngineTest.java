package io.dokploy.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.RegistryUnavailableException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageInfo;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import io.dokploy.testkit.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test can say of the engine, beyond what every engine does. */
class InMemoryEngineTest {

    private final VirtualTime time = VirtualTime.manual();
    private final InMemoryEngine engine = InMemoryEngine.create(time);

    InMemoryEngineTest() {
        engine.script().image("shop:1");
        engine.ensureNetwork(new NetworkSpec("net", Map.of(), false));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aProgramAnswersOnceItIsReady() {
        engine.script()
                .program(
                        "shop",
                        Program.serving()
                                .listeningOn(3000)
                                .readyAfter(Duration.ofSeconds(2))
                                .answering(call -> HttpReply.ok(call.path())));
        run("a");
        assertThat(ask("a", 3000)).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(ask("a", 3000)).map(HttpReply::body).contains("/path");
        assertThat(ask("a", 80)).isEmpty();
        assertThat(ask("b", 3000)).isEmpty();
        engine.kill("a", "SIGKILL");
        assertThat(ask("a", 3000)).isEmpty();
    }

    @Test
    void aProgramRefusesItsFirstProbes() {
        engine.script().program("shop:1", Program.serving().readyAfterProbes(2));
        run("a");
        assertThat(ask("a", 80)).isEmpty();
        assertThat(ask("a", 80)).isEmpty();
        assertThat(ask("a", 80)).isPresent();
    }

    @Test
    void itsHealthAndItsEndComeWithTheTime() {
        engine.script()
                .program(
                        "shop",
                        Program.exiting(Duration.ofMinutes(1), 3)
                                .healthyAfter(Duration.ofSeconds(5))
                                .printing("hello")
                                .printing(Duration.ofSeconds(9), "later"));
        run("a");
        assertThat(info("a").health()).isEqualTo(Health.STARTING);
        time.advance(Duration.ofSeconds(10));
        assertThat(info("a").health()).isEqualTo(Health.HEALTHY);
        time.advance(Duration.ofSeconds(49));
        assertThat(info("a").isRunning()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(info("a").exitCode()).contains(3);
        try (var logs = engine.logs("a", Optional.empty(), Optional.empty(), false)) {
            assertThat(logs.next().text()).isEqualTo("hello");
            assertThat(logs.next().time()).isEqualTo(VirtualTime.START.plusSeconds(9));
        }
    }

    @Test
    void aNameIsResolvedToAllThatHaveIt() {
        run("a", "store");
        run("b", "store");
        assertThat(engine.script().resolve("net", "store")).hasSize(2).doesNotHaveDuplicates();
        assertThat(engine.script().resolve("net", "a")).hasSize(1);
        assertThat(engine.script().resolve("other", "a")).isEmpty();
    }

    @Test
    void afterARestartOfTheEngineContainersComeBack() {
        run("a");
        engine.script().restartEngine();
        assertThat(info("a").isRunning()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(info("a").isRunning()).isTrue();
    }

    @Test
    void theKernelKillsWhatTakesTooMuch() {
        run("a");
        engine.script().killForMemory("a");
        assertThat(info("a").outOfMemory()).isTrue();
        assertThat(info("a").exitCode()).contains(137);
    }

    @Test
    void aPortOfTheHostBelongsToOne() {
        engine.create(ContainerSpec.of("a1", "shop:1")
                .publish(PublishedPort.tcp(80, 80))
                .build());
        engine.create(ContainerSpec.of("b1", "shop:1")
                .publish(PublishedPort.tcp(80, 81))
                .build());
        engine.start("a1");
        assertThatThrownBy(() -> engine.start("b1"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("80");
        engine.kill("a1", "SIGKILL");
        engine.start("b1");
    }

    @Test
    void faultsComeAsOftenAsTheTestSays() {
        var fault = new EngineUnavailableException("engine", "for the test", "Wait.");
        engine.script().failNext(EngineOperation.INFO, fault);
        assertThatThrownBy(engine::info).isSameAs(fault);
        engine.info();
        engine.script().failAlways(EngineOperation.INFO, fault);
        assertThatThrownBy(engine::info).isSameAs(fault);
        assertThatThrownBy(engine::info).isSameAs(fault);
        engine.script().available().unavailable();
        assertThatThrownBy(() -> engine.list(Map.of())).isInstanceOf(EngineUnavailableException.class);
        engine.script().available();
        assertThat(engine.list(Map.of())).isEmpty();
        assertThat(engine.script().calls(EngineOperation.INFO)).isEqualTo(4);
    }

    @Test
    void aRegistryWantsItsLoginAndKeepsWhatIsPushed() {
        var login = new RegistryCredentials("registry.example.com", "ci", Secret.of("right"));
        var wrong = new RegistryCredentials("registry.example.com", "ci", Secret.of("wrong"));
        String tag = "registry.example.com/team/shop:1";
        engine.script().registry(login);
        engine.tag("shop:1", tag);
        assertThatThrownBy(() -> pull(tag, Optional.of(login))).isInstanceOf(ImageNotFoundException.class);
        assertThatThrownBy(() -> push(tag, Optional.of(wrong))).isInstanceOf(AccessDeniedException.class);
        String digest = push(tag, Optional.of(login));
        assertThatThrownBy(() -> pull(tag, Optional.empty())).isInstanceOf(AccessDeniedException.class);
        String id = engine.inspectImage(tag).orElseThrow().id();
        engine.removeImage(id);
        assertThat(pull(digest, Optional.of(login)).id()).isEqualTo(id);
        engine.script().registryAnswers("registry.example.com", false);
        assertThatThrownBy(() -> pull(tag, Optional.of(login))).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void aTagCanMoveInItsRegistry() {
        String former = pull("nginx:1", Optional.empty()).id();
        assertThat(pull("nginx:1", Optional.empty()).id()).isEqualTo(former);
        String next = engine.script().publish("nginx:1", "newer");
        assertThat(pull("nginx:1", Optional.empty()).id()).isEqualTo(next).isNotEqualTo(former);
        engine.script().notPullable("nginx:1");
        assertThatThrownBy(() -> pull("nginx:1", Optional.empty())).isInstanceOf(ImageNotFoundException.class);
    }

    @Test
    void aCommandOfTheTestCanBeRunInside() throws Exception {
        engine.script().program("shop", Program.serving().command("./migrate", call -> {
            call.stdout().write("done\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return 6;
        }));
        run("a");
        try (var session = engine.exec("a", ExecRequest.of("./migrate"))) {
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("done\n");
            assertThat(session.awaitExit(Duration.ofSeconds(10))).isEqualTo(6);
        }
    }

    private void run(String name, String... aliases) {
        engine.create(ContainerSpec.of(name + "1", "shop:1")
                .network("net", NetworkAttachment.named(aliases))
                .restart(RestartPolicy.UNLESS_STOPPED)
                .build());
        engine.rename(name + "1", name);
        engine.start(name);
    }

    private Optional<HttpReply> ask(String host, int port) {
        return engine.script().request("net", host, port, HttpCall.get("/path"));
    }

    private ContainerInfo info(String name) {
        return engine.inspect(name).orElseThrow();
    }

    private ImageInfo pull(String reference, Optional<RegistryCredentials> login) {
        return engine.pull(reference, login, Progress.none(), CancelToken.never());
    }

    private String push(String tag, Optional<RegistryCredentials> login) {
        return engine.push(tag, login, Progress.none(), CancelToken.never());
    }
}
