package io.dokploy.spi.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Plugin;
import io.dokploy.spi.PluginContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A kind of place for backups: a bucket, a folder. Objects have keys of letters, digits, {@code - . _} and
 * slashes, as in S3.
 */
@Experimental
public interface BackupTarget extends Plugin {

    /**
     * Checks settings. Does no I/O.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    void check(SettingsDocument settings);

    /** Opens a place; what cannot be reached may show here or with the first call. */
    Store open(SettingsDocument settings, PluginContext context);

    /**
     * An open place. Used by one thread; other threads open it anew. I/O errors are {@link IOException}s whose message
     * says what failed; those that may go away by themselves were tried again before.
     */
    interface Store extends AutoCloseable {

        /**
         * Begins to write an object. Nobody sees it before {@link Upload#commit()}; an object of the same key is replaced
         * then.
         */
        Upload put(String key) throws IOException;

        /**
         * Reads an object.
         *
         * @throws java.nio.file.NoSuchFileException if there is none
         */
        InputStream get(String key) throws IOException;

        /** What is known of an object, if there is one. */
        Optional<StoredObject> find(String key) throws IOException;

        /** Tells of all objects whose keys begin like that, in the order of their keys, in constant memory. */
        void list(String prefix, Consumer<StoredObject> listener) throws IOException;

        /**
         * Removes an object; does nothing if there is none. Of one that the place keeps for longer ({@link
         * StoredObject#lockedUntil}, former versions) no call tells any more.
         */
        void delete(String key) throws IOException;

        /**
         * Removes what uploads left that were never ended, below a prefix.
         *
         * @param before only what began earlier
         * @return how many
         */
        int abortUnfinished(String prefix, Instant before) throws IOException;

        @Override
        void close();
    }

    /** An object that is being written. Closing it without {@link #commit()} takes back all that was written. */
    interface Upload extends AutoCloseable {

        /** Takes the content; buffers no more than the target's part size times its parallelism. */
        OutputStream stream();

        /** Ends the object: from now on it is there, durably. @return its size as the target tells it */
        long commit() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * An object.
     *
     * @param key         its key
     * @param size        in bytes
     * @param modified    when it was written
     * @param lockedUntil until when the place keeps it whatever anybody asks for; empty if it does not, if it does not
     *                    tell, and in a list
     */
    record StoredObject(String key, long size, Instant modified, Optional<Instant> lockedUntil) {

        /** One that can be removed. */
        public StoredObject(String key, long size, Instant modified) {
            this(key, size, modified, Optional.empty());
        }
    }
}
