package io.dokploy.core.deploy;

import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The volumes that go with an application: those that it made or mounts, and that no other application mounts. */
final class OwnVolumes {

    private OwnVolumes() {}

    static List<String> of(ContainerEngine engine, ApplicationRef application, List<ContainerInfo> containers) {
        var ours = new HashMap<>(Labels.forShared(application, Labels.ROLE_VOLUME));
        var environment = engine.listVolumes(ours);
        ours.put(Labels.APPLICATION, application.id().value());
        Set<String> made = Set.copyOf(engine.listVolumes(ours));
        Set<String> mounted = mounts(containers);
        Set<String> mountedByOthers = mounts(engine.list(Labels.ofEnvironment(application)).stream()
                .filter(info -> !application.id().value().equals(info.labels().get(Labels.APPLICATION)))
                .toList());
        return environment.stream()
                .filter(volume -> made.contains(volume) || mounted.contains(volume))
                .filter(volume -> !mountedByOthers.contains(volume))
                .toList();
    }

    private static Set<String> mounts(List<ContainerInfo> containers) {
        return containers.stream().flatMap(info -> info.mounts().stream()).collect(Collectors.toSet());
    }
}
