package io.dokploy.core;

/** What an instance does. */
public enum Role {
    /** Takes up work and asks for it. The default. */
    WORKER,
    /** Only asks: requests are kept in the store, and done by an instance that is a worker. */
    CLIENT
}
