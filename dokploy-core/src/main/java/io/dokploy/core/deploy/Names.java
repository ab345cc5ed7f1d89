package io.dokploy.core.deploy;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;

/** The names of containers, networks and volumes on an engine that others use too. */
final class Names {

    private Names() {}

    /** {@code shop-k3v9x2m4qa-1}: the release's suffix makes it unique, and old and new never share a name. */
    static String container(ApplicationRef application, ReleaseId release, int replica) {
        return application.name() + "-" + release.suffix() + "-" + replica;
    }

    /** {@code shop-k3v9x2m4qa-command}: runs a command once. */
    static String command(ApplicationRef application, ReleaseId release) {
        return application.name() + "-" + release.suffix() + "-command";
    }

    /** {@code dokploy-3f9k2a-default-production}. */
    static String network(ApplicationRef application) {
        return "dokploy-" + application.instance() + "-" + application.project() + "-" + application.environment();
    }

    /** {@code dokploy-3f9k2a-default-production-data}: applications of an environment may share a volume. */
    static String volume(ApplicationRef application, String volume) {
        return network(application) + "-" + volume;
    }
}
