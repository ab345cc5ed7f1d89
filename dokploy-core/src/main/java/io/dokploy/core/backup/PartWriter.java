package io.dokploy.core.backup;

import com.github.luben.zstd.ZstdOutputStream;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Dumps one part into one object: what the tool writes, compressed, encrypted, counted. In constant memory. */
final class PartWriter {

    private static final int BUFFER = 128 * 1024;
    private static final int LEVEL = 3;
    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final BackupTarget.Store place;
    private final BackupKeys keys;
    private final CancelToken cancelToken;

    PartWriter(BackupTarget.Store place, BackupKeys keys, CancelToken cancelToken) {
        this.place = place;
        this.keys = keys;
        this.cancelToken = cancelToken;
    }

    /**
     * Writes the object, or leaves none.
     *
     * @throws IOException if the place fails
     * @throws io.dokploy.api.error.DokployException if the tool fails
     */
    Part write(DatabaseServer server, DumpPart dump, String keyPrefix) throws IOException {
        boolean compress = dump.compression() == Compression.NONE;
        var key = keyPrefix + dump.name() + "." + dump.format() + (compress ? ".zst" : "")
                + (keys.fingerprint().isPresent() ? ".age" : "");
        var stored = new Counted();
        long dumped;
        try (var upload = place.put(key);
                var session = server.reading(dump.command());
                var cancelled = cancelToken.onCancel(session::close)) {
            try (OutputStream sealed = keys.encrypt(stored.of(upload.stream()));
                    OutputStream content = compress ? new ZstdOutputStream(sealed, LEVEL) : sealed) {
                dumped = copy(session.output(), content);
            }
            cancelToken.throwIfCancelled();
            session.requireSuccess(LAST_WORDS);
            long there = upload.commit();
            if (there != stored.bytes()) {
                place.delete(key);
                throw new IOException("the object " + key + " has " + there + " bytes there, but " + stored.bytes()
                        + " were written");
            }
        } catch (DeadlineException e) {
            cancelToken.throwIfCancelled();
            throw e;
        }
        return new Part(dump.name(), key, dump.format(), compress, dumped, stored.bytes(), stored.sha256());
    }

    private long copy(InputStream dump, OutputStream content) throws IOException {
        var buffer = new byte[BUFFER];
        long bytes = 0;
        for (int count = dump.read(buffer); count >= 0; count = dump.read(buffer)) {
            cancelToken.throwIfCancelled();
            content.write(buffer, 0, count);
            bytes += count;
        }
        return bytes;
    }
}
