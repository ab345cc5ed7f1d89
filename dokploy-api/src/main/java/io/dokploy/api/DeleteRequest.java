package io.dokploy.api;

/**
 * What goes with an application.
 *
 * @param volumes whether its volumes are removed too, with all data in them
 */
public record DeleteRequest(boolean volumes) {

    /** Volumes stay. */
    public static DeleteRequest keepingVolumes() {
        return new DeleteRequest(false);
    }

    /** Volumes go. */
    public static DeleteRequest withVolumes() {
        return new DeleteRequest(true);
    }
}
