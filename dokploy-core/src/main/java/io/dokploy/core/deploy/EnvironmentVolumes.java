package io.dokploy.core.deploy;

import io.dokploy.spi.ApplicationRef;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the volumes of applications are known to the engine. */
public final class EnvironmentVolumes {

    private EnvironmentVolumes() {}

    /** The engine's name of a volume of an application's environment. */
    public static String name(ApplicationRef application, String volume) {
        return Names.volume(application, volume);
    }

    /** What such a volume carries. */
    public static Map<String, String> labels(ApplicationRef application) {
        var labels = new LinkedHashMap<>(Labels.forShared(application, Labels.ROLE_VOLUME));
        labels.put(Labels.APPLICATION, application.id().value());
        return labels;
    }
}
