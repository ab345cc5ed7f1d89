package io.dokploy.core.store;

/** What to do with a store whose tables are not of this version. */
public enum Migration {
    /** Bring them to this version. */
    MIGRATE,
    /** Refuse to open it: somebody else migrates. */
    CHECK_ONLY
}
