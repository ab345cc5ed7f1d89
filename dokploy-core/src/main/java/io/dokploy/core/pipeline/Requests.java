package io.dokploy.core.pipeline;

import java.util.Set;

/** The kinds of operations, and the names of their arguments, as they are stored. */
public final class Requests {

    /** Deploys what the source holds now. */
    public static final String DEPLOY = "deploy";
    /** Brings a former release back. */
    public static final String ROLLBACK = "rollback";
    /** Replaces the containers of the live release. */
    public static final String RESTART = "restart";
    /** Stops the containers of the live release. */
    public static final String STOP = "stop";
    /** Starts them again. */
    public static final String START = "start";
    /** Changes the number of replicas. */
    public static final String SCALE = "scale";
    /** Removes an application. */
    public static final String DELETE = "delete";
    /** Repairs what is not as it should be. */
    public static final String RECONCILE = "reconcile";
    /** Removes images that nobody needs. */
    public static final String PRUNE_IMAGES = "prune-images";
    /** Removes the engine's unused build cache. */
    public static final String PRUNE_BUILD_CACHE = "prune-build-cache";

    /** Removes from the engine all that this instance made. */
    public static final String UNINSTALL = "uninstall";

    /** Encrypts the store again with the current key. */
    public static final String ROTATE_KEY = "rotate-key";

    /** The application's id. */
    public static final String APPLICATION = "application";
    /** The release's id, for a rollback. */
    public static final String RELEASE = "release";
    /** The number of replicas, for scaling. */
    public static final String REPLICAS = "replicas";
    /** Whether volumes go too, for a deletion. */
    public static final String VOLUMES = "volumes";

    /** The kinds that make a release live. */
    static final Set<String> DEPLOYMENTS = Set.of(DEPLOY, ROLLBACK, RESTART);

    private Requests() {}
}
