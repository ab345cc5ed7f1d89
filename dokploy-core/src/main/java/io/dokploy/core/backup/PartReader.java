package io.dokploy.core.backup;

import com.github.luben.zstd.ZstdInputStream;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.core.backup.Whereabouts.Waiting;
import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a backup into the tool that restores it. Size first, each chunk is authenticated as it comes, the hash
 * of all at the end. In constant memory.
 */
final class PartReader {

    private final Backup backup;
    private final BackupTarget.Store place;
    private final BackupKeys keys;
    private final CancelToken cancelToken;
    private final Progress progress;

    /** @param progress is told from time to time how far it is */
    PartReader(Backup backup, BackupTarget.Store place, BackupKeys keys, CancelToken cancelToken, Progress progress) {
        this.backup = backup;
        this.place = place;
        this.keys = keys;
        this.cancelToken = cancelToken;
        this.progress = progress;
    }

    /**
     * Gives all of the part to the tool and waits for its end.
     *
     * @throws BackupDamagedException if the object is not what was stored
     * @throws IOException            if the place fails
     */
    void feed(Part part, EngineSession tool) throws IOException {
        requireSize(part);
        var counted = Counted.hashed();
        try (InputStream object = counted.of(new Fetched(place.get(part.key())));
                var whereabouts = new Whereabouts(part, progress)) {
            var content = whereabouts.of(watched(part, content(part, object)), counted);
            new ToolInput(content, part.key()).feed(tool, cancelToken, () -> {
                object.transferTo(OutputStream.nullOutputStream());
                requireHash(part, counted.sha256());
                whereabouts.are(Waiting.FOR_THE_END, counted.bytes());
            });
        }
    }

    /**
     * Gives all of the part to somebody who reads a stream.
     *
     * @throws BackupDamagedException if the object is not what was stored
     * @throws IOException            if the place fails
     */
    void read(Part part, ContentReader reader) throws IOException {
        requireSize(part);
        var counted = Counted.hashed();
        try (InputStream object = counted.of(new Fetched(place.get(part.key())));
                var plain = content(part, object)) {
            var content = watched(part, plain);
            try {
                reader.read(content);
            } catch (IOException | RuntimeException e) {
                content.rethrow();
                throw e;
            }
            content.transferTo(OutputStream.nullOutputStream());
            object.transferTo(OutputStream.nullOutputStream());
            requireHash(part, counted.sha256());
        }
    }

    /** Takes the content of a part; need not read all of it. */
    interface ContentReader {
        void read(InputStream content) throws IOException;
    }

    /**
     * Looks whether the key is there, and all objects with the sizes that they had.
     *
     * @throws io.dokploy.api.error.BackupKeyException if the key is not
     * @throws BackupDamagedException if an object is gone or has another size
     */
    void requireAll() throws IOException {
        backup.keyFingerprint().ifPresent(fingerprint -> keys.requireKey("backup " + backup.id(), fingerprint));
        for (Part part : backup.parts()) {
            requireSize(part);
        }
    }

    private void requireSize(Part part) throws IOException {
        var found = place.find(part.key());
        if (found.isEmpty()) {
            throw damaged("its object " + part.key() + " is gone", null);
        }
        if (found.get().size() != part.stored()) {
            throw damaged(
                    "its object " + part.key() + " has " + found.get().size() + " bytes instead of " + part.stored(),
                    null);
        }
    }

    private InputStream content(Part part, InputStream object) throws IOException {
        try {
            InputStream plain = backup.keyFingerprint().isPresent()
                    ? keys.decrypt(
                            object,
                            "backup " + backup.id(),
                            backup.keyFingerprint().get())
                    : object;
            return part.compressed() ? new ZstdInputStream(plain) : plain;
        } catch (Fetched.Broken e) {
            throw e;
        } catch (IOException e) {
            throw damaged("its object " + part.key() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Watched watched(Part part, InputStream content) {
        return new Watched(
                content,
                cancelToken,
                e -> damaged("its object " + part.key() + " was changed or cut off: " + e.getMessage(), e));
    }

    private void requireHash(Part part, String sha256) {
        if (!sha256.equals(part.sha256())) {
            throw damaged("its object " + part.key() + " has another SHA-256 than when it was stored", null);
        }
    }

    private BackupDamagedException damaged(String reason, @Nullable Throwable cause) {
        return new BackupDamagedException(
                "backup " + backup.id(), reason, "Use another backup; look who changes objects in that place.", cause);
    }
}
