package io.dokploy.core;

import io.dokploy.api.Actor;
import io.dokploy.api.Client;
import io.dokploy.api.Dokploy;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.event.Events;
import org.jspecify.annotations.Nullable;

/** A {@link Dokploy} inside this JVM: opened by {@link #start()}, closed as a whole. */
final class EmbeddedDokploy implements Dokploy {

    private final DokployBuilder.Parts parts;
    private @Nullable RunningParts running;
    private boolean closed;

    EmbeddedDokploy(DokployBuilder.Parts parts) {
        this.parts = parts;
    }

    @Override
    public synchronized void start() {
        if (closed) {
            throw wasClosed();
        }
        if (running == null) {
            running = RunningParts.open(parts);
        }
    }

    @Override
    public Client as(Actor actor) {
        return new ActorClient(running(), parts.authorizer(), actor);
    }

    @Override
    public Events events() {
        return running().store().events();
    }

    private synchronized RunningParts running() {
        if (closed) {
            throw wasClosed();
        }
        if (running == null) {
            throw notOpen("it was not started", "Call start() first.");
        }
        return running;
    }

    private static UserErrorException wasClosed() {
        return notOpen("it was closed", "Close it last, or build and start a new one.");
    }

    private static UserErrorException notOpen(String reason, String remedy) {
        return new UserErrorException(Failure.user("not-started", "Dokploy", reason, remedy));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
            running = null;
        }
        parts.plugins().close();
    }
}
