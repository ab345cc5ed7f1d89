package io.dokploy.api;

import io.dokploy.api.event.Events;

/**
 * A platform inside this JVM. Thread-safe. Building one does no I/O; {@link #start()} opens the store, checks the engine
 * and takes up work that was left.
 */
public interface Dokploy extends AutoCloseable {

    /**
     * Opens the store, migrates it if that is wanted, sets up the router and takes up queued and interrupted operations,
     * unless this instance was built to ask only. Calling it again does nothing.
     *
     * @throws io.dokploy.api.error.DokployException if the store, the engine or the router cannot be used
     */
    void start();

    /** The view of somebody: all that is asked through it carries that name, for the audit. */
    Client as(Actor actor);

    /** What happened and happens. */
    Events events();

    /**
     * Stops taking work, interrupts what runs at its next safe point, and frees threads, connections and temporary
     * files. What was interrupted goes on at the next start. What is deployed goes on serving.
     */
    @Override
    void close();
}
