package io.dokploy.core.backup;

import com.github.luben.zstd.ZstdOutputStream;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Writes one part into one object: compressed, encrypted, counted. In constant memory. */
final class PartWriter {

    private static final int LEVEL = 3;
    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final BackupTarget.Store place;
    private final BackupKeys keys;
    private final CancelToken cancelToken;
    private final Ownership ownership;

    PartWriter(BackupTarget.Store place, BackupKeys keys, CancelToken cancelToken, Ownership ownership) {
        this.place = place;
        this.keys = keys;
        this.cancelToken = cancelToken;
        this.ownership = ownership;
    }

    /** All that a command writes, if it ends well. */
    PartContent output(Supplier<EngineSession> command) {
        return stream -> output(command, stream);
    }

    private void output(Supplier<EngineSession> command, OutputStream stream) throws IOException {
        try (var session = command.get();
                var cancelled = cancelToken.onCancel(session::close)) {
            PartContent.copy(session.output(), stream, cancelToken);
            cancelToken.throwIfCancelled();
            session.requireSuccess(LAST_WORDS);
        }
    }

    /**
     * Writes the object, or leaves none.
     *
     * @param compress whether zstd is applied
     * @throws IOException if the place fails
     */
    Part write(String keyPrefix, String name, String format, boolean compress, PartContent content) throws IOException {
        var key = keyPrefix + name + "." + format + (compress ? ".zst" : "")
                + (keys.fingerprint().isPresent() ? ".age" : "");
        var stored = Counted.hashed();
        var dumped = Counted.sized();
        try (var upload = place.put(key)) {
            try (OutputStream sealed = keys.encrypt(stored.of(upload.stream()));
                    OutputStream stream = compress ? new ZstdOutputStream(sealed, LEVEL) : sealed) {
                content.writeTo(dumped.of(stream));
            }
            cancelToken.throwIfCancelled();
            ownership.require();
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
        return new Part(name, key, format, compress, dumped.bytes(), stored.bytes(), stored.sha256());
    }
}
