package io.dokploy.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dokploy.api.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import javax.sql.DataSource;

/**
 * An H2 database file that this object alone has open. H2 lets one process open a file twice and tells little when
 * another process has it, so a lock file of our own is taken first.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 16;

    private final FileChannel lock;
    private final HikariDataSource pool;

    private EmbeddedDatabase(FileChannel lock, HikariDataSource pool) {
        this.lock = lock;
        this.pool = pool;
    }

    static EmbeddedDatabase open(Path directory) {
        FileChannel lock = lock(directory.resolve("store.lock"));
        try {
            return new EmbeddedDatabase(lock, pool(directory));
        } catch (RuntimeException e) {
            release(lock);
            throw new StoreUnavailableException(
                    "store in " + directory,
                    "the database file cannot be opened: " + e.getMessage(),
                    "Check the directory and its owner; restore the file if it is damaged.",
                    e);
        }
    }

    /** Whether there is a store already. */
    static boolean exists(Path directory) {
        return Files.exists(directory.resolve("store.mv.db"));
    }

    /** Makes the directory, for its owner only, if it is not there. */
    static void makeDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PrivateFiles.directory(directory));
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "store in " + directory,
                    "the directory cannot be made: " + e,
                    "Choose another directory or check its owner.",
                    e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        release(lock);
    }

    private static HikariDataSource pool(Path directory) {
        var config = new HikariConfig();
        // WRITE_DELAY=0: what is committed survives the sudden end of this process. async: an interrupt of a thread
        // that
        // writes closes a plain file channel, and with it the database for everybody.
        config.setJdbcUrl("jdbc:h2:async:" + directory.toAbsolutePath().resolve("store")
                + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=10000");
        config.setUsername("dokploy");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setPoolName("dokploy-store");
        return new HikariDataSource(config);
    }

    private static FileChannel lock(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PrivateFiles.file(file));
            if (channel.tryLock() != null) {
                return channel;
            }
            release(channel);
        } catch (OverlappingFileLockException e) {
            release(channel);
        } catch (IOException e) {
            release(channel);
            throw new StoreUnavailableException(
                    "lock file " + file, "it cannot be made: " + e, "Check the directory and its owner.", e);
        }
        throw new StoreUnavailableException(
                "lock file " + file,
                "an embedded store is for one process and one instance, and another one has it open",
                "Close the other one, or use a store in PostgreSQL, which many can share.");
    }

    private static void release(@org.jspecify.annotations.Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(EmbeddedDatabase.class).warn("Closing the lock file failed", e);
            }
        }
    }
}
