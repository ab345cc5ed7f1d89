package io.dokploy.api;

/**
 * What goes with an application or a database.
 *
 * @param volumes whether its volumes are removed too, with all data in them
 * @param force   whether a database goes although applications refer to it
 */
public record DeleteRequest(boolean volumes, boolean force) {

    /** Volumes stay. */
    public static DeleteRequest keepingVolumes() {
        return new DeleteRequest(false, false);
    }

    /** Volumes go. */
    public static DeleteRequest withVolumes() {
        return new DeleteRequest(true, false);
    }

    /** The same, although somebody uses it. */
    public DeleteRequest forced() {
        return new DeleteRequest(volumes, true);
    }
}
