package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.Resources;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.error.InsufficientDiskException;
import io.dokploy.api.error.InsufficientMemoryException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerEngine.DiskSpace;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A restore begins only where there is room for it. */
class RoomCheckTest {

    private static final long RESERVE = 1000;
    private static final long MEBIBYTE = 1 << 20;

    /** 100 bytes of SQL, which zstd has made 10. */
    private static final Backup BACKUP = SampleBackups.stored("bak_01ARZ3NDEKTSV4RRFFQ69G5FAV", Instant.EPOCH)
            .backup();

    private Optional<Long> free = Optional.empty();
    private Optional<Long> memory = Optional.empty();

    @Test
    void whatTheEngineDoesNotTellIsNotRequired() {
        passes(Resources.unlimited());
    }

    @Test
    void theDataMustFitBesidesWhatMustStayFree() {
        free = Optional.of(RESERVE + 100);
        passes(Resources.unlimited());
        free = Optional.of(RESERVE + 99);
        assertThatThrownBy(() -> check(Resources.unlimited()))
                .isInstanceOf(InsufficientDiskException.class)
                .hasMessageContaining("backup " + BACKUP.id())
                .hasMessageContaining("shop-db");
    }

    @Test
    void ofWhatIsPackedMoreIsRequiredThanItsSize() {
        free = Optional.of(RESERVE + 399);
        assertThatThrownBy(() -> room().requirePacked("the dump x", 100, Resources.unlimited(), "shop-db"))
                .isInstanceOf(InsufficientDiskException.class)
                .hasMessageContaining("the dump x");
        free = Optional.of(RESERVE + 400);
        assertThatCode(() -> room().requirePacked("the dump x", 100, Resources.unlimited(), "shop-db"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsKeptForTheDatabaseMustBeThereInMemory() {
        memory = Optional.of(511 * MEBIBYTE);
        passes(Resources.unlimited());
        passes(Resources.unlimited().memory(ByteSize.gibibytes(64)));
        assertThatThrownBy(() -> check(Resources.unlimited().memoryReservation(ByteSize.mebibytes(512))))
                .isInstanceOf(InsufficientMemoryException.class);
    }

    @Test
    void aSmallLimitIsAllThatIsNeeded() {
        memory = Optional.of(128 * MEBIBYTE);
        passes(Resources.unlimited().memory(ByteSize.mebibytes(128)));
        assertThatThrownBy(() -> check(Resources.unlimited()))
                .isInstanceOf(InsufficientMemoryException.class)
                .hasMessageContaining("256");
    }

    private void passes(Resources resources) {
        assertThatCode(() -> check(resources)).doesNotThrowAnyException();
    }

    private void check(Resources resources) {
        room().require(BACKUP, resources, "shop-db");
    }

    private RoomCheck room() {
        var engine = (ContainerEngine) Proxy.newProxyInstance(
                RoomCheckTest.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> method.getName().equals("diskSpace")
                        ? free.map(bytes -> new DiskSpace(bytes, 10 * bytes))
                        : memory);
        return new RoomCheck(
                new Platform(null, engine, null, null, null, null, null, null, null, new Platform.Limits(RESERVE)));
    }
}
