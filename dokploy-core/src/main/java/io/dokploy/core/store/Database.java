package io.dokploy.core.store;

import io.dokploy.api.error.StoreUnavailableException;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Transactions. One belongs to the thread: what is called inside joins it. Repeats a transaction that the database gave
 * up in favour of another one. Thread-safe.
 */
final class Database {

    private static final int TRIES = 5;

    private final Jdbi jdbi;
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /** Runs {@code work} in this thread's transaction, or in a new one. {@code work} may run again. */
    <T extends @Nullable Object> T inTransaction(Function<Handle, T> work) {
        Transaction outer = current.get();
        if (outer != null) {
            return work.apply(outer.handle());
        }
        for (int attempt = 1; ; attempt++) {
            var afterCommit = new ArrayList<Runnable>();
            try {
                T result = jdbi.inTransaction(handle -> {
                    current.set(new Transaction(handle, afterCommit));
                    try {
                        return work.apply(handle);
                    } finally {
                        current.remove();
                    }
                });
                afterCommit.forEach(Runnable::run);
                return result;
            } catch (RepeatTransactionException e) {
                if (attempt == TRIES) {
                    throw unavailable(e);
                }
            } catch (JdbiException e) {
                if (attempt == TRIES || !Sql.isRepeatable(e)) {
                    throw unavailable(e);
                }
            }
        }
    }

    /** Runs {@code work} in this thread's transaction, or in a new one. */
    void useTransaction(Consumer<Handle> work) {
        this.<@Nullable Void>inTransaction(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Inserts, in a transaction of its own, what others may insert at the same time: then theirs is kept. */
    void insertOnce(Consumer<Handle> insert) {
        try {
            useTransaction(insert);
        } catch (StoreUnavailableException e) {
            if (!Sql.isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** Runs {@code action} when this thread's transaction is committed and its connection given back; else now. */
    void afterCommit(Runnable action) {
        Transaction transaction = current.get();
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit().add(action);
        }
    }

    /** The name of the database product, as its driver says it. */
    String product() {
        return inTransaction(handle -> handle.queryMetadata(DatabaseMetaData::getDatabaseProductName));
    }

    private static RuntimeException unavailable(RuntimeException e) {
        SQLException cause = Sql.cause(e);
        // The text of the database may hold values of the statement, so only its code is shown.
        return new StoreUnavailableException(
                "store",
                cause == null
                        ? "the database could not be reached"
                        : "the database answered with SQL state " + cause.getSQLState() + ", code "
                                + cause.getErrorCode(),
                "Check the database; its own message is in the log of this program.",
                e);
    }

    private record Transaction(Handle handle, List<Runnable> afterCommit) {}
}
