package io.dokploy.core.database;

import io.dokploy.api.ExecSession;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A session for which something was made that ends with it. */
record LastSession(ExecSession session, Tools made) implements ExecSession {

    @Override
    public OutputStream stdin() {
        return session.stdin();
    }

    @Override
    public InputStream stdout() {
        return session.stdout();
    }

    @Override
    public InputStream stderr() {
        return session.stderr();
    }

    @Override
    public int awaitExit(Duration timeout) {
        return session.awaitExit(timeout);
    }

    @Override
    public void close() {
        try (made) {
            session.close();
        }
    }
}
