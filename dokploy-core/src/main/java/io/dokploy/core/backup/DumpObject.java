package io.dokploy.core.backup;

import com.github.luben.zstd.ZstdInputStream;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.backup.BackupTarget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Something that somebody else has put into a place: a dump, a tar; packed with gzip or zstd, or not. What it is is told by
 * its first bytes, whatever its name says. In constant memory.
 */
final class DumpObject implements AutoCloseable {

    private static final int BEGINNING = 4096;
    private static final int MAGIC = 4;

    private final String key;
    private final long size;
    private final CancelToken cancelToken;
    private final Counted read = Counted.sized();
    private final InputStream object;
    private final BufferedInputStream content;

    private DumpObject(String key, long size, InputStream source, CancelToken cancelToken) throws IOException {
        this.key = key;
        this.size = size;
        this.cancelToken = cancelToken;
        this.object = new BufferedInputStream(read.of(new Fetched(source)), PartContent.BUFFER);
        this.content =
                new BufferedInputStream(new Watched(unpacked(object), cancelToken, this::damaged), PartContent.BUFFER);
    }

    /** @throws NotFoundException if there is none of that key */
    static DumpObject open(BackupTarget.Store place, String key, CancelToken cancelToken) throws IOException {
        var found = place.find(key)
                .orElseThrow(() ->
                        new NotFoundException("object " + key, "the place has none of that key", "Correct the key."));
        var source = place.get(key);
        try {
            return new DumpObject(key, found.size(), source, cancelToken);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private InputStream unpacked(InputStream packed) throws IOException {
        var magic = peek(packed, MAGIC);
        try {
            if (begins(magic, 0x1f, 0x8b)) {
                // Unlike that of the JDK, it never takes the end of one member for the end of all.
                return new GzipCompressorInputStream(packed, true);
            }
            return begins(magic, 0x28, 0xb5, 0x2f, 0xfd) ? new ZstdInputStream(packed) : packed;
        } catch (Fetched.Broken e) {
            throw e;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Bytes of the object as it lies there. */
    long size() {
        return size;
    }

    /** What it begins with when it is unpacked. */
    byte[] beginning() throws IOException {
        return peek(content, BEGINNING);
    }

    /** For people: what it begins with. */
    String described() throws IOException {
        var first = peek(content, MAGIC * 2);
        return first.length == 0
                ? "it is empty"
                : "it begins with the bytes " + HexFormat.ofDelimiter(" ").formatHex(first);
    }

    /** All of it, unpacked. */
    InputStream content() {
        return content;
    }

    /** Gives all of it to a tool and waits for its end. */
    void feed(EngineSession tool) throws IOException {
        new ToolInput(content, key).feed(tool, cancelToken, this::requireEnd);
    }

    /** @throws IOException if the place has given less than the whole object */
    void requireEnd() throws IOException {
        content.transferTo(java.io.OutputStream.nullOutputStream());
        object.transferTo(java.io.OutputStream.nullOutputStream());
        if (read.bytes() != size) {
            throw new IOException("of " + size + " bytes of " + key + " only " + read.bytes() + " came");
        }
    }

    /** What it is when it cannot be read. */
    UserErrorException damaged(IOException e) {
        return new UserErrorException(Failure.user(
                "dump-damaged",
                "object " + key,
                "it was changed or cut off: " + e.getMessage(),
                "Use another one, or upload it again."));
    }

    private static byte[] peek(InputStream stream, int length) throws IOException {
        stream.mark(length);
        var first = stream.readNBytes(length);
        stream.reset();
        return first;
    }

    private static boolean begins(byte[] content, int... magic) {
        return content.length >= magic.length && Arrays.equals(Arrays.copyOf(content, magic.length), toBytes(magic));
    }

    private static byte[] toBytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        object.close();
    }
}
