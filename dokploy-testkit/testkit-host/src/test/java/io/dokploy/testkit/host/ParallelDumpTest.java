package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.testkit.engine.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that several connections dump lies on a scratch volume for a while, if there is room for it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ParallelDumpTest {

    private static final Map<String, String> FOLDERS = Map.of("io.dokploy.role", "dump-folder");

    private final MemoryPlace place = new MemoryPlace();
    private TestDokploy dokploy;

    @BeforeEach
    void start() throws IOException {
        dokploy = TestDokploy.builder()
                .with(builder -> builder.plugin(new FolderDatabase()).plugin(place.inNextLife()))
                .start();
        FileDatabase.on(dokploy);
        dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
        dokploy.client()
                .databases()
                .create(DatabaseSpec.named("shop-db", FileDatabase.settings()).build())
                .await();
        var server =
                dokploy.containers().list(Map.of("io.dokploy.role", "database")).get(0);
        try (var session = dokploy.containers().exec(server.name(), FileDatabase.fill())) {
            session.stdin().write("rows\t4711\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            session.stdout().readAllBytes();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            assertThat(dokploy.containers().list(FOLDERS)).isEmpty();
            assertThat(dokploy.containers().listVolumes(FOLDERS)).isEmpty();
        } finally {
            dokploy.close();
        }
    }

    @Test
    void itIsStoredAsATarAndProven() {
        var backup = backUp();
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().counts()).isEqualTo(Map.of("rows", 4711L));
        assertThat(backup.backup().parts()).extracting(Part::format).containsExactly("rowdir.tar");
        assertThat(place.keys()).anyMatch(key -> key.endsWith("/data.rowdir.tar"));
    }

    @Test
    void withoutRoomForAScratchVolumeItIsDumpedAsAStream() {
        long reserve = ByteSize.gibibytes(1).bytes();
        dokploy.engine().diskSpace(reserve + 4710, ByteSize.gibibytes(10).bytes());
        var operation = dokploy.client().backups().backUp("shop-db", "memory");
        var backup = operation.await();
        assertThat(backup.backup().parts()).extracting(Part::format).containsExactly("rows");
        assertThat(operation.log().lines()).anyMatch(line -> line.contains("no room for a scratch volume"));

        dokploy.engine().diskSpace(reserve + 1_000_000, ByteSize.gibibytes(10).bytes());
        assertThat(backUp().backup().parts()).extracting(Part::format).containsExactly("rowdir.tar");
    }

    @Test
    void aToolThatFailsHalfWayLeavesNoBackup() {
        dokploy.engine().program("file", Program.serving().command("file", invocation -> {
            invocation.stdout().write("rows".getBytes(StandardCharsets.UTF_8));
            invocation.stderr().write("connection lost".getBytes(StandardCharsets.UTF_8));
            return 1;
        }));
        assertThatThrownBy(this::backUp).isInstanceOf(DokployException.class).hasMessageContaining("connection lost");
        assertThat(place.keys()).isEmpty();
        assertThat(dokploy.client().backups().list("shop-db")).isEmpty();
    }

    private CataloguedBackup backUp() {
        return dokploy.client().backups().backUp("shop-db", "memory").await();
    }
}
