package io.dokploy.core.deploy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a release to the containers that run it, and back from containers to processes. */
final class Containers {

    private Containers() {}

    static List<ContainerInfo> ofRelease(ContainerEngine engine, ApplicationRef application, ReleaseId release) {
        return engine.list(Labels.ofRelease(application, release));
    }

    static List<ContainerInfo> ofApplication(ContainerEngine engine, ApplicationRef application) {
        var filter = new LinkedHashMap<>(Labels.ofApplication(application));
        filter.put(Labels.ROLE, Labels.ROLE_APP);
        return engine.list(filter);
    }

    /** The spec of a container of the release, without its network. */
    static ContainerSpec.Builder spec(Target target, String name, String role) {
        Release release = target.release();
        ApplicationSpec app = release.spec();
        var spec = ContainerSpec.of(name, release.image().id())
                .command(app.command())
                .arguments(app.arguments())
                .environment(release.environment())
                .labels(Labels.forContainer(target, role))
                .resources(app.resources())
                .logs(app.logs());
        app.stopSignal().ifPresent(spec::stopSignal);
        for (Mount mount : app.mounts()) {
            if (mount instanceof Mount.Volume volume) {
                var source = Names.volume(target.application(), volume.name());
                spec.mount(new EngineMount(source, volume.target(), volume.readOnly()));
            } else if (mount instanceof Mount.Bind bind) {
                spec.mount(new EngineMount(bind.hostPath(), bind.target(), bind.readOnly()));
            }
        }
        return spec;
    }

    static void ensureVolumes(Target target, ContainerEngine engine) {
        Map<String, String> labels = new LinkedHashMap<>(Labels.forShared(target.application(), Labels.ROLE_VOLUME));
        labels.put(Labels.APPLICATION, target.application().id().value());
        for (Mount mount : target.release().spec().mounts()) {
            if (mount instanceof Mount.Volume volume) {
                engine.ensureVolume(Names.volume(target.application(), volume.name()), labels);
            }
        }
    }

    static int replica(ContainerInfo info) {
        return Integer.parseInt(info.labels().getOrDefault(Labels.REPLICA, "0"));
    }

    static Process process(ApplicationRef application, ContainerInfo info) {
        var attached = Optional.ofNullable(info.networks().get(Names.network(application)));
        return new Process(
                info.id(),
                info.name(),
                new ReleaseId(info.labels().getOrDefault(Labels.RELEASE, "")),
                replica(info),
                Long.parseLong(info.labels().getOrDefault(Labels.EPOCH, "0")),
                info.state(),
                info.exitCode(),
                info.outOfMemory(),
                info.restarts(),
                info.health(),
                attached.map(ContainerInfo.Attached::address).filter(address -> !address.isEmpty()),
                info.started(),
                attached.map(network -> network.aliases().contains(application.name()))
                        .orElse(false));
    }
}
