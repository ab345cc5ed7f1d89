package io.dokploy.core.backup;

import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.CancelToken;
import java.time.Duration;
import java.util.Optional;

/** The right to store the log of a database, which one thread of all programs has at a time; it ends with {@link #close}. */
final class LogLease implements AutoCloseable {

    /** After a program died another one has to wait that long. */
    private static final Duration DURATION = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Platform platform;
    private final DatabaseId database;
    private final String holder;

    private LogLease(Platform platform, DatabaseId database) {
        this.platform = platform;
        this.database = database;
        this.holder = platform.store().ids().newWorkerId();
    }

    /** If nobody has it. */
    static Optional<LogLease> tryTake(Platform platform, DatabaseId database) {
        var lease = new LogLease(platform, database);
        return lease.renewed() ? Optional.of(lease) : Optional.empty();
    }

    /** Waits for it. */
    static LogLease take(Platform platform, DatabaseId database, CancelToken cancelToken) {
        var lease = new LogLease(platform, database);
        if (!platform.pacing().await(PATIENCE, cancelToken, lease::renewed)) {
            throw lost(database, "somebody else has stored it for " + PATIENCE.toMinutes() + " minutes");
        }
        return lease;
    }

    /** @throws TemporaryException if somebody else has it now */
    void renew() {
        if (!renewed()) {
            throw lost(database, "somebody else has taken over to store it");
        }
    }

    private boolean renewed() {
        return platform.store()
                .logArchives()
                .lease(database, holder, platform.pacing().now(), DURATION);
    }

    private static TemporaryException lost(DatabaseId database, String reason) {
        return new TemporaryException(
                Failure.temporary("log-lease-lost", "log of database " + database, reason, "Try again."), null);
    }

    @Override
    public void close() {
        platform.store().logArchives().release(database, holder);
    }
}
