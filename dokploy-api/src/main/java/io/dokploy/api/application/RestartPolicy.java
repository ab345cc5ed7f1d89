package io.dokploy.api.application;

/** What the engine does when a container ends by itself. It does so without us. */
public enum RestartPolicy {
    /** Starts it again, also after a restart of the engine; not after it was stopped on purpose. The default. */
    UNLESS_STOPPED,
    /** Starts it again if it ended with another exit code than 0. */
    ON_FAILURE,
    /** Leaves it. */
    NEVER
}
