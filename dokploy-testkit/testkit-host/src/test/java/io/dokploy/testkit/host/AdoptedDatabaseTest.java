package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogQuery;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that somebody else runs is connected and backed up, and never changed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdoptedDatabaseTest {

    private static final Secret PASSWORD = Secret.of("short");
    private static final Secret LATER = Secret.of("later");
    private static final String ROWS = "rows\t4711\n";

    private final MemoryPlace place = new MemoryPlace();
    private TestDokploy dokploy;
    private ContainerInfo before;

    @BeforeEach
    void start() throws IOException {
        dokploy = TestDokploy.builder()
                .with(builder -> builder.plugin(new FileDatabase()).plugin(place.inNextLife()))
                .start();
        FileDatabase.on(dokploy);
        dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
        dokploy.containers()
                .create(ContainerSpec.of("legacy", "file:1")
                        .label("team", "shop")
                        .build());
        dokploy.containers().start("legacy");
        give("legacy", FileDatabase.fill(), ROWS);
        give("legacy", FileDatabase.protect(), PASSWORD.reveal());
        before = dokploy.containers().inspect("legacy").orElseThrow();
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            assertThat(companions()).isEmpty();
            var after = dokploy.containers().inspect("legacy").orElseThrow();
            assertThat(after.started()).isEqualTo(before.started());
            assertThat(after.isRunning()).isTrue();
        } finally {
            dokploy.close();
        }
    }

    @Test
    void itIsConnectedBackedUpProvenAndRestoredIntoAnother() throws IOException {
        adopt();
        var databases = dokploy.client().databases();
        assertThat(databases.get("legacy-db").adopted()).isTrue();
        assertThat(databases.get("legacy-db").engineVersion()).isEqualTo("1");
        assertThat(databases.connection("legacy-db").url().reveal()).isEqualTo("file://legacy:4711/app");
        assertThat(databases.isReady("legacy-db")).isTrue();

        var backups = dokploy.client().backups();
        var backup = backups.backUp("legacy-db", "memory").await();
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().counts()).isEqualTo(Map.of("rows", 4711L));
        backups.restoreAsNew(
                        backup.backup().id(),
                        DatabaseSpec.named("copy", FileDatabase.settings()).build())
                .await();
        assertThat(answer(serving(), FileDatabase.show())).isEqualTo(ROWS);

        databases.delete("legacy-db", DeleteRequest.keepingVolumes()).await();
        assertThat(databases.find("legacy-db")).isEmpty();
        assertThat(backups.list("legacy-db")).hasSize(1);
    }

    @Test
    void whatDoesNotAnswerIsNotKept() {
        var refused = refused(() -> dokploy.client()
                .databases()
                .adopt(described().inContainer("legacy").build())
                .await());
        assertThat(refused.failure().code()).isEqualTo("not-reached");
        assertThat(refused).hasMessageContaining("no such host");
        assertThat(refused.failure().remedy())
                .endsWith("docker network connect " + networks().get(0) + " legacy");

        connect();
        assertThatThrownBy(() -> dokploy.client()
                        .databases()
                        .adopt(described()
                                .login("app", LATER)
                                .at("legacy", 4711)
                                .build())
                        .await())
                .hasMessageContaining("wrong password");
        assertThat(dokploy.client().databases().list()).isEmpty();
    }

    @Test
    void aServerInAContainerIsTheOnlyOneWithThatLabelAndNotOurs() {
        connect();
        var databases = dokploy.client().databases();
        databases.adopt(described().inContainerLabelled("team", "shop").build()).await();
        assertThat(databases.connection("legacy-db").host()).isEqualTo("legacy");
        databases.delete("legacy-db", DeleteRequest.keepingVolumes()).await();

        assertThatThrownBy(() -> databases.adopt(
                        described().inContainerLabelled("team", "other").build()))
                .isInstanceOf(NotFoundException.class);
        databases
                .create(DatabaseSpec.named("own", FileDatabase.settings()).build())
                .await();
        assertThat(refused(() -> databases.adopt(
                                described().inContainer(serving().name()).build()))
                        .failure()
                        .code())
                .isEqualTo("not-foreign");
    }

    @Test
    void whatWouldChangeItIsRefusedWithWhatToDoInstead() {
        adopt();
        var databases = dokploy.client().databases();
        var backups = dokploy.client().backups();
        var backup = backups.backUp("legacy-db", "memory").await().backup().id();
        var known = databases.get("legacy-db");
        var changes = Map.<String, ThrowingCallable>ofEntries(
                entry("stop", () -> databases.stop("legacy-db")),
                entry("start", () -> databases.start("legacy-db")),
                entry("restart", () -> databases.restart("legacy-db")),
                entry("update", () -> databases.update("legacy-db", known.version(), known.spec())),
                entry("upgrade", () -> databases.upgrade("legacy-db", "2")),
                entry("change of the password", () -> databases.changePassword("legacy-db")),
                entry("administration", () -> databases.administration("legacy-db")),
                entry("logs", () -> databases.logs("legacy-db", LogQuery.all())),
                entry("deletion with data", () -> databases.delete("legacy-db", DeleteRequest.withVolumes())),
                entry("restore", () -> backups.restore(backup, "legacy-db")),
                entry(
                        "import of a dump",
                        () -> backups.importDump("legacy-db", "memory", "key", RestoreRequest.withoutSafetyBackup())),
                entry("points in time", () -> backups.pointInTime().start("legacy-db", "memory")));
        assertThat(changes).allSatisfy((change, call) -> {
            var failure = refused(call).failure();
            assertThat(failure.code()).as(failure.message()).isEqualTo("adopted-database");
            assertThat(failure.remedy()).isNotEmpty();
        });
        assertThat(databases.rename("legacy-db", "The old shop").spec().displayName())
                .isEqualTo("The old shop");
    }

    @Test
    void aPasswordThatWasChangedThereIsToldAndKeptOnlyIfItIsAccepted() throws IOException {
        adopt();
        var databases = dokploy.client().databases();
        assertThatThrownBy(() -> databases.usePassword("legacy-db", LATER).await())
                .hasMessageContaining("wrong password");
        assertThat(databases.connection("legacy-db").password()).isEqualTo(PASSWORD);

        give("legacy", FileDatabase.protect(), LATER.reveal());
        assertThat(databases.isReady("legacy-db")).isFalse();
        databases.usePassword("legacy-db", LATER).await();
        assertThat(databases.connection("legacy-db").password()).isEqualTo(LATER);
        assertThat(databases.isReady("legacy-db")).isTrue();
    }

    @Test
    void theOperationOfADeadProgramGoesOnAndItsCompanionIsRemoved() {
        adopt();
        dokploy.witness(effect -> {
            if (effect.call().equals("exec")) {
                dokploy.crash();
            }
        });
        assertThatThrownBy(
                () -> dokploy.client().backups().backUp("legacy-db", "memory").await());
        dokploy.witness(effect -> {});
        assertThat(companions()).hasSize(1);
        dokploy.restart();
        dokploy.runUntilIdle();
        assertThat(dokploy.client().backups().list("legacy-db")).singleElement().matches(backup -> backup.proven());
    }

    @Test
    void aCompanionThatCannotBeRemovedDoesNotMakeTheWorkFail() {
        adopt();
        dokploy.witness(effect -> {
            if (effect.call().equals("remove")) {
                throw new EngineUnavailableException("engine", "the test lets it fail", "Try again.");
            }
        });
        assertThat(dokploy.client().databases().isReady("legacy-db")).isTrue();
        dokploy.witness(effect -> {});
        assertThat(companions()).hasSize(1);
        dokploy.containers().remove(companions().get(0).id());
    }

    @Test
    void whatADeadProgramLeftOfACallEndsByItselfAndGoesWithTheNextOne() {
        adopt();
        var abandoned = dokploy.client().databases().client("legacy-db");
        assertThat(companions()).hasSize(1);
        dokploy.advance(Duration.ofDays(2));
        dokploy.client().databases().isReady("legacy-db");
        assertThat(companions()).isEmpty();
        abandoned.close();
    }

    @Test
    void namesThatNeedQuotesAreRefusedWhenTheyAreSaid() {
        for (String hostile : List.of("a'b", "a\"b", "a\nb", "a b", "-x", "$(x)", "`x`", "")) {
            assertThatThrownBy(() -> described()
                            .at("legacy", 4711)
                            .login(hostile, PASSWORD)
                            .build())
                    .isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() ->
                            described().at("legacy", 4711).database(hostile).build())
                    .isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> described().at(hostile, 4711)).isInstanceOf(InvalidSpecException.class);
        }
        assertThatThrownBy(() -> AdoptedDatabase.named("legacy-db", FileDatabase.settings())
                        .build())
                .hasMessageContaining("inContainer");
    }

    private static AdoptedDatabase.Builder described() {
        return AdoptedDatabase.named("legacy-db", FileDatabase.settings()).login("app", PASSWORD);
    }

    private void adopt() {
        connect();
        dokploy.client()
                .databases()
                .adopt(described().inContainer("legacy").build())
                .await();
    }

    /** As the user does, into the network that a refusal names. */
    private void connect() {
        if (networks().isEmpty()) {
            refused(() -> dokploy.client()
                    .databases()
                    .adopt(described().inContainer("legacy").build())
                    .await());
        }
        dokploy.containers().connect(networks().get(0), "legacy", NetworkAttachment.plain());
    }

    private List<String> networks() {
        return dokploy.containers().listNetworks(Map.of("io.dokploy.role", "network")).stream()
                .map(NetworkInfo::name)
                .toList();
    }

    private static UserErrorException refused(ThrowingCallable call) {
        var refused = catchThrowableOfType(UserErrorException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    private List<ContainerInfo> companions() {
        return dokploy.containers().list(Map.of("io.dokploy.role", "database-tools"));
    }

    private ContainerInfo serving() {
        return dokploy.containers().list(Map.of("io.dokploy.role", "database")).get(0);
    }

    private void give(String container, ExecRequest command, String content) throws IOException {
        try (var session = dokploy.containers().exec(container, command)) {
            session.stdin().write(content.getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            session.stdout().readAllBytes();
        }
    }

    private String answer(ContainerInfo container, ExecRequest command) throws IOException {
        try (var session = dokploy.containers().exec(container.name(), command)) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
