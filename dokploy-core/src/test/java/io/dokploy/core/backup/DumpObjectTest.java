package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.backup.BackupTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What others put into a place is told by its content, and never taken for whole when it is not. */
class DumpObjectTest {

    private static final byte[] DUMP = dump();

    private final TestPlace place = new TestPlace();
    private final BackupTarget.Store store = place.open(TestPlace.settings().toDocument(), null);

    private static byte[] dump() {
        var bytes = new byte[300_000];
        new Random(4711).nextBytes(bytes);
        System.arraycopy("PGDMP".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5);
        return bytes;
    }

    @Test
    void itIsUnpackedWhateverItsNameSays() throws IOException {
        assertThat(read(DUMP)).isEqualTo(DUMP);
        assertThat(read(gzip(DUMP))).isEqualTo(DUMP);
        assertThat(read(zstd(DUMP))).isEqualTo(DUMP);
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {0x1f})).containsExactly(0x1f);
    }

    @Test
    void ofSeveralPacksAllAreRead() throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(gzip(Arrays.copyOf(DUMP, 100_000)));
        both.write(gzip(Arrays.copyOfRange(DUMP, 100_000, DUMP.length)));
        assertThat(read(both.toByteArray())).isEqualTo(DUMP);
    }

    @Test
    void itsBeginningIsSeenWithoutBeingTaken() throws IOException {
        place.put("some.sql.gz", gzip(DUMP));
        try (var dump = open()) {
            assertThat(dump.beginning()).isEqualTo(Arrays.copyOf(DUMP, 4096));
            assertThat(dump.described()).startsWith("it begins with the bytes 50 47 44 4d 50");
            assertThat(dump.content().readAllBytes()).isEqualTo(DUMP);
        }
    }

    @Test
    void whatIsCutOffOrChangedIsDamaged() throws IOException {
        var gzip = gzip(DUMP);
        var zstd = zstd(DUMP);
        damaged(Arrays.copyOf(gzip, gzip.length - 1));
        damaged(Arrays.copyOf(gzip, gzip.length / 2));
        damaged(Arrays.copyOf(gzip, 5));
        damaged(Arrays.copyOf(zstd, zstd.length / 2));
        gzip[gzip.length - 7] ^= 1;
        damaged(gzip);
    }

    @Test
    void aPlaceThatFailsHasNotDamagedIt() {
        place.put("some.sql.gz", DUMP);
        place.failReadsAfter(1000);
        assertThatThrownBy(() -> {
                    try (var dump = open()) {
                        dump.content().readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the place is gone");
    }

    @Test
    void whatAPlaceGivesIsWholeOnlyIfItIsAsMuchAsThereWas() {
        place.endReadsAfter(1000);
        assertThatThrownBy(() -> read(DUMP))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of 300000 bytes of some.sql.gz only 1000 came");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(this::open).isInstanceOf(NotFoundException.class).hasMessageContaining("some.sql.gz");
    }

    private byte[] read(byte[] object) throws IOException {
        place.put("some.sql.gz", object);
        try (var dump = open()) {
            var content = dump.content().readAllBytes();
            dump.requireEnd();
            return content;
        }
    }

    private void damaged(byte[] object) {
        assertThatThrownBy(() -> read(object))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("changed or cut off");
    }

    private DumpObject open() throws IOException {
        return DumpObject.open(store, "some.sql.gz", CancelToken.never());
    }

    private interface Packer {
        OutputStream over(OutputStream target) throws IOException;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        return packed(content, GZIPOutputStream::new);
    }

    private static byte[] zstd(byte[] content) throws IOException {
        return packed(content, ZstdOutputStream::new);
    }

    private static byte[] packed(byte[] content, Packer packer) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = packer.over(packed)) {
            stream.write(content);
        }
        return packed.toByteArray();
    }
}
