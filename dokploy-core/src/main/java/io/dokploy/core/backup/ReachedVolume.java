package io.dokploy.core.backup;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.InputStream;
import java.util.Map;

/**
 * A volume, reached through a container that never runs: the engine packs and unpacks the tar itself, so what is in the
 * volume is never executed, and any image will do. Owners, modes, links, devices and names of every kind are kept.
 */
final class ReachedVolume implements AutoCloseable {

    /** In which all of it lies when it is read. */
    static final String FOLDER = "volume";

    private final ContainerEngine engine;
    private final String container;

    private ReachedVolume(ContainerEngine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /** Whether the engine has that volume. */
    static boolean exists(BackupJob job, String volume) {
        return job.platform()
                .engine()
                .listVolumes(Map.of(Labels.INSTANCE, job.instance()))
                .contains(volume);
    }

    /** @param suffix of the container's name, the same in each attempt */
    static ReachedVolume of(BackupJob job, String volume, String suffix) {
        var engine = job.platform().engine();
        var instance = job.instance();
        var name = "dokploy-" + instance + "-volume-" + suffix;
        engine.remove(name);
        engine.create(ContainerSpec.of(name, image(engine, instance))
                .network("none", NetworkAttachment.plain())
                .labels(Map.of(Labels.INSTANCE, instance, Labels.ROLE, "scratch"))
                .mount(new EngineMount(volume, "/" + FOLDER, false))
                .build());
        return new ReachedVolume(engine, name);
    }

    /** That of any container of this instance; the front door is always there. */
    private static String image(ContainerEngine engine, String instance) {
        return engine.list(Map.of(Labels.INSTANCE, instance)).stream()
                .findFirst()
                .map(info -> info.image())
                .orElseThrow(() -> new UserErrorException(Failure.user(
                        "no-image",
                        "volume",
                        "it is reached through a container, and this instance has no container whose image could be used",
                        "Deploy an application first.")));
    }

    /** All of it as a tar, below the folder {@code volume}. */
    InputStream read() {
        return engine.copyOut(container, "/" + FOLDER);
    }

    /** Unpacks what {@link #read} gave. */
    void write(InputStream tar) {
        engine.copyIn(container, "/", tar);
    }

    @Override
    public void close() {
        engine.remove(container);
    }
}
