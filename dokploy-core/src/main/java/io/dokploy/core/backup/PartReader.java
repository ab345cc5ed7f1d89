package io.dokploy.core.backup;

import com.github.luben.zstd.ZstdInputStream;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.backup.BackupTarget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a backup into the tool that restores it. Size first, each chunk is authenticated as it comes, the hash
 * of all at the end. In constant memory.
 */
final class PartReader {

    private static final int BUFFER = 128 * 1024;
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Backup backup;
    private final BackupTarget.Store place;
    private final BackupKeys keys;
    private final CancelToken cancelToken;

    PartReader(Backup backup, BackupTarget.Store place, BackupKeys keys, CancelToken cancelToken) {
        this.backup = backup;
        this.place = place;
        this.keys = keys;
        this.cancelToken = cancelToken;
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
                var cancelled = cancelToken.onCancel(tool::close)) {
            boolean taken = pump(part, content(part, object), tool);
            if (taken) {
                object.transferTo(OutputStream.nullOutputStream());
                requireHash(part, counted.sha256());
            }
            tool.requireSuccess(LONGEST);
            if (!taken) {
                throw new IOException("the tool ended well, but without reading all of " + part.key());
            }
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
            var content = new Watched(part, plain);
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

    /** @return whether the tool took all; if not, its own words say why */
    private boolean pump(Part part, InputStream content, EngineSession tool) throws IOException {
        var buffer = new byte[BUFFER];
        try (OutputStream input = tool.input()) {
            while (true) {
                cancelToken.throwIfCancelled();
                int count = read(part, content, buffer);
                if (count < 0) {
                    return true;
                }
                try {
                    input.write(buffer, 0, count);
                } catch (IOException e) {
                    return false;
                }
            }
        }
    }

    private int read(Part part, InputStream content, byte[] buffer) throws IOException {
        try {
            return content.read(buffer);
        } catch (Fetched.Broken e) {
            throw e;
        } catch (IOException e) {
            throw damaged("its object " + part.key() + " was changed or cut off: " + e.getMessage(), e);
        }
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

    /** The content, whose own failures are remembered: whoever reads it may wrap them in something else. */
    private final class Watched extends FilterInputStream {
        private final Part part;
        private @Nullable Exception failure;

        Watched(Part part, InputStream content) {
            super(content);
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                cancelToken.throwIfCancelled();
                return in.read(buffer, offset, length);
            } catch (Fetched.Broken e) {
                failure = e;
                throw e;
            } catch (IOException e) {
                var damaged = damaged("its object " + part.key() + " was changed or cut off: " + e.getMessage(), e);
                failure = damaged;
                throw damaged;
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }

        /** The reader may close it; the rest is still read for its hash. */
        @Override
        public void close() {}

        void rethrow() throws IOException {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            if (failure instanceof RuntimeException other) {
                throw other;
            }
        }
    }

    /** The object as it comes from its place; tells the place's failures from damaged content. */
    private static final class Fetched extends FilterInputStream {

        Fetched(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw new Broken(e);
            }
        }

        /** The place failed while it was read. */
        private static final class Broken extends IOException {
            private static final long serialVersionUID = 1L;

            Broken(IOException cause) {
                super(cause.getMessage(), cause);
            }
        }
    }
}
