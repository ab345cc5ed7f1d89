package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.testkit.engine.EngineOperation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image of a release in a backup brings the release back without a build, and a failure leaves no half of it. */
class ImageBackupTest {

    private final MemoryPlace place = new MemoryPlace();
    private final TestDokploy dokploy = TestDokploy.builder()
            .with(builder -> builder.plugin(place.inNextLife()))
            .start();
    private TestSource source;

    @BeforeEach
    void create() {
        dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
        source = dokploy.repository("shop");
        createShop(dokploy, source);
    }

    private static void createShop(TestDokploy on, TestSource source) {
        on.applications()
                .create(ApplicationSpec.named("shop")
                        .source(source.source())
                        .domain(Domain.of("shop.localhost").port(3000))
                        .build());
    }

    @AfterEach
    void close() {
        dokploy.close();
    }

    private Backups backups() {
        return dokploy.client().backups();
    }

    private Release deploy(String version) {
        source.commitAnswering(version);
        return dokploy.applications().deploy("shop").await();
    }

    private BackupId backUp() {
        return backups().backUpImage("shop", "memory").await().backup().id();
    }

    /** As a pruned engine, or a machine that was lost. */
    private static void forget(TestDokploy on, Release release) {
        on.containers().removeImage(release.image().tag());
        assertThat(on.containers().inspectImage(release.image().id())).isEmpty();
    }

    @Test
    void aReleaseWhoseImageIsGoneComesBackWithoutABuild() {
        var first = deploy("one");
        var backup = backups().backUpImage("shop", "memory").await();
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().serverVersion()).isEqualTo(first.image().id());
        assertThat(backups().listImages("shop")).containsExactly(backup);
        assertThat(backups().listVolumes("shop")).isEmpty();
        deploy("two");
        forget(dokploy, first);
        int builds = dokploy.engine().calls(EngineOperation.BUILD);
        assertThatThrownBy(() ->
                        dokploy.applications().rollback("shop", first.id()).await())
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessageContaining("restoreImage");

        backups().restoreImage(backup.backup().id()).await();

        assertThat(dokploy.containers()
                        .inspectImage(first.image().tag())
                        .orElseThrow()
                        .id())
                .isEqualTo(first.image().id());
        dokploy.applications().rollback("shop", first.id()).await();
        assertThat(dokploy.get("http://shop.localhost/").body()).isEqualTo("one");
        assertThat(dokploy.engine().calls(EngineOperation.BUILD)).isEqualTo(builds);
        backups().restoreImage(backup.backup().id()).await();
        assertThat(dokploy.engine().calls(EngineOperation.LOAD_IMAGES))
                .as("it is there already")
                .isEqualTo(1);
    }

    @Test
    void aNameThatMeansAnotherImageByNowStaysWithThatOne() {
        var first = deploy("one");
        var backup = backUp();
        var second = deploy("two");
        forget(dokploy, first);
        dokploy.containers().tag(second.image().id(), first.image().tag());
        backups().restoreImage(backup).await();
        assertThat(dokploy.containers().inspectImage(first.image().id())).isPresent();
        assertThat(dokploy.containers()
                        .inspectImage(first.image().tag())
                        .orElseThrow()
                        .id())
                .isEqualTo(second.image().id());
    }

    @Test
    void anObjectThatIsAnotherOneIsNotProvenAndLeavesNoImage() {
        var first = deploy("one");
        var backup = backUp();
        deploy("two");
        var other = backUp();
        forget(dokploy, first);
        place.copy(object(other), object(backup));
        assertThatThrownBy(() -> backups().verify(backup).await()).isInstanceOf(BackupDamagedException.class);
        assertThatThrownBy(() -> backups().restoreImage(backup).await()).isInstanceOf(BackupDamagedException.class);
        assertThat(dokploy.containers().inspectImage(first.image().id())).isEmpty();
    }

    private String object(BackupId backup) {
        return place.keys().stream()
                .filter(key -> key.contains(backup + "/image."))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatHasNoImageIsRefusedWithAReason() {
        assertThatThrownBy(() -> backups().backUpImage("shop", "memory").await())
                .isInstanceOf(NotRunningException.class)
                .hasMessageContaining("no live release");
        assertThat(place.keys()).isEmpty();
        deploy("one");
        var store = backups().backUpStore("memory");
        assertThatThrownBy(store::await).as("there is no key").isInstanceOf(UserErrorException.class);
    }

    @Test
    void anEngineThatDiesWhileItSavesLeavesNoBackup() {
        deploy("one");
        dokploy.witness(effect -> {
            if (effect.call().equals("saveImage")) {
                throw new EngineUnavailableException("image", "the test lets it fail", "Try again.");
            }
        });
        assertThatThrownBy(() -> backups().backUpImage("shop", "memory").await())
                .isInstanceOf(EngineUnavailableException.class);
        assertThat(place.keys()).isEmpty();
        assertThat(backups().listImages("shop")).isEmpty();
    }

    @Test
    void afterACrashAtAnyCallTheImageIsThereOrNot() {
        FaultWalk.crashAtEach(Walk::new, Set.of("inspectImage"), 4);
    }

    @Test
    void afterAFailureOfAnyCallTheImageIsThereOrNot() {
        FaultWalk.failAtEach(Walk::new, 2);
    }

    /** An image is restored again and again. */
    private static final class Walk extends FaultWalk {
        private final TestDokploy dokploy;
        private final Release first;
        private final BackupId backup;

        Walk() {
            this(new MemoryPlace());
        }

        private Walk(MemoryPlace place) {
            this(TestDokploy.builder()
                    .with(builder -> builder.plugin(place.inNextLife()))
                    .start());
        }

        private Walk(TestDokploy dokploy) {
            super(dokploy);
            this.dokploy = dokploy;
            dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
            var source = dokploy.repository("shop").commitAnswering("one");
            createShop(dokploy, source);
            first = dokploy.applications().deploy("shop").await();
            backup = dokploy.client()
                    .backups()
                    .backUpImage("shop", "memory")
                    .await()
                    .backup()
                    .id();
            source.commitAnswering("two");
            dokploy.applications().deploy("shop").await();
        }

        @Override
        void prepare(int at) {
            forget(dokploy, first);
        }

        @Override
        Operation<?> request() {
            return dokploy.client().backups().restoreImage(backup);
        }

        @Override
        void check(OperationRecord record, List<String> problems) {
            var image = first.image();
            var named = dokploy.containers().inspectImage(image.tag());
            if (record.state() == State.SUCCEEDED
                    && named.filter(found -> found.id().equals(image.id())).isEmpty()) {
                problems.add("done, but the engine has " + named);
            }
            if (record.state() == State.FAILED
                    && dokploy.containers().inspectImage(image.id()).isPresent()) {
                problems.add("failed, but the image is there");
            }
        }
    }
}
