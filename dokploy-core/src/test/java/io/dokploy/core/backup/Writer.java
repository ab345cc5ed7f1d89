package io.dokploy.core.backup;

import static org.awaitility.Awaitility.await;

import io.dokploy.api.ExecSession;
import io.dokploy.core.database.DatabaseSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes to two tables of a database in one transaction after the other, as fast as its client takes them. */
final class Writer implements AutoCloseable {

    private final ExecSession client;
    private final AtomicLong transactions = new AtomicLong();
    private final Thread writing = new Thread(this::write, "test-writer");
    private final Thread reading = new Thread(this::read, "test-writer-output");
    private volatile boolean closing;
    private volatile @Nullable IOException failure;

    Writer(ExecSession client) {
        this.client = client;
        writing.start();
        reading.start();
    }

    private void write() {
        try (var input = client.stdin()) {
            while (!closing) {
                var n = transactions.get() + 1;
                input.write(("BEGIN; INSERT INTO debits VALUES (" + n + ", 'd'); INSERT INTO other_credits VALUES (" + n
                                + ", 'c'); COMMIT;\n")
                        .getBytes(StandardCharsets.UTF_8));
                transactions.set(n);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void read() {
        try {
            client.stdout().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Until the client has taken that many more transactions. */
    void awaitRows(int more) {
        var wanted = transactions.get() + more;
        await().atMost(DatabaseSite.PATIENCE).until(() -> failure != null || transactions.get() >= wanted);
        if (failure != null) {
            throw new IllegalStateException("the writer ended", failure);
        }
    }

    /** Ends it with its last transaction. */
    @Override
    public void close() {
        closing = true;
        try {
            writing.join(DatabaseSite.PATIENCE.toMillis());
            int exitCode = client.awaitExit(DatabaseSite.PATIENCE);
            reading.join(DatabaseSite.PATIENCE.toMillis());
            if (exitCode != 0) {
                throw new IllegalStateException("the writer's client ended with exit code " + exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }
}
