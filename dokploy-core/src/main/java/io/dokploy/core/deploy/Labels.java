package io.dokploy.core.deploy;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels on everything that we create. What does not carry our instance's is never touched. */
public final class Labels {

    /** Which store owns it. */
    public static final String INSTANCE = "io.dokploy.instance";
    /** The application's id. */
    public static final String APPLICATION = "io.dokploy.app";
    /** The application's name, for people. */
    public static final String NAME = "io.dokploy.app.name";
    /** {@code project/environment}, for networks and volumes too. */
    public static final String ENVIRONMENT = "io.dokploy.environment";
    /** The release's id. */
    public static final String RELEASE = "io.dokploy.release";
    /** What it is for: one of the roles below, or {@code router}. */
    public static final String ROLE = "io.dokploy.role";
    /** A container that serves an application. */
    public static final String ROLE_APP = "app";
    /** A container that runs a command once. */
    public static final String ROLE_COMMAND = "command";
    /** A container that looks into the network of another one. */
    public static final String ROLE_PROBE = "probe";
    /** The network of an environment. */
    public static final String ROLE_NETWORK = "network";
    /** A volume of an application. */
    public static final String ROLE_VOLUME = "volume";
    /** How long a container may take to stop, in milliseconds. */
    public static final String STOP_GRACE = "io.dokploy.stop-grace";
    /** The replica's number. */
    public static final String REPLICA = "io.dokploy.replica";
    /** The address that a container keeps in the network of its environment. */
    public static final String ADDRESS = "io.dokploy.address";
    /** The epoch of whoever made it. */
    public static final String EPOCH = "io.dokploy.epoch";
    /** The commit that the release was built from. */
    public static final String COMMIT = "io.dokploy.commit";
    /** The hash of all that decided an image's content. */
    public static final String IDENTITY = "io.dokploy.identity";
    /** The base images of an image, with their ids. */
    public static final String BASES = "io.dokploy.bases";

    private Labels() {}

    /** What finds all containers of an application that serve it. */
    static Map<String, String> ofApplication(ApplicationRef application) {
        return Map.of(
                INSTANCE, application.instance(), APPLICATION, application.id().value());
    }

    /** What finds the containers of a release that serve it. */
    static Map<String, String> ofRelease(ApplicationRef application, ReleaseId release) {
        return Map.of(
                INSTANCE, application.instance(),
                APPLICATION, application.id().value(),
                RELEASE, release.value(),
                ROLE, ROLE_APP);
    }

    /** What finds all containers of an application's environment, whoever's they are. */
    static Map<String, String> ofEnvironment(ApplicationRef application) {
        return Map.of(INSTANCE, application.instance(), ENVIRONMENT, environment(application));
    }

    /** What a container of a release carries. */
    static Map<String, String> forContainer(Target target, String role) {
        var labels = new LinkedHashMap<String, String>(target.release().spec().labels());
        labels.putAll(ofApplication(target.application()));
        labels.put(NAME, target.application().name());
        labels.put(ENVIRONMENT, environment(target.application()));
        labels.put(RELEASE, target.release().id().value());
        labels.put(ROLE, role);
        labels.put(EPOCH, Long.toString(target.epoch()));
        labels.put(STOP_GRACE, Long.toString(target.release().spec().stopGrace().toMillis()));
        target.release().commit().ifPresent(commit -> labels.put(COMMIT, commit.id()));
        return labels;
    }

    /** What the network or a volume of an environment carries. */
    static Map<String, String> forShared(ApplicationRef application, String role) {
        return Map.of(INSTANCE, application.instance(), ENVIRONMENT, environment(application), ROLE, role);
    }

    private static String environment(ApplicationRef application) {
        return application.project() + "/" + application.environment();
    }
}
