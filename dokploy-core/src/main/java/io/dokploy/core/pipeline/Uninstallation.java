package io.dokploy.core.pipeline;

import io.dokploy.api.Maintenance.Repairs;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ImageInfo;
import io.dokploy.spi.engine.NetworkInfo;
import java.util.ArrayList;
import java.util.Map;

/** Removes from the engine all that carries our instance, but for volumes. */
final class Uninstallation {

    private final Platform platform;

    Uninstallation(Platform platform) {
        this.platform = platform;
    }

    Repairs run(OperationContext operation) {
        var done = new ArrayList<String>();
        var engine = platform.engine();
        var ours = Map.of(Labels.INSTANCE, platform.store().instance());
        for (ContainerInfo container : engine.list(ours)) {
            operation.cancelToken().throwIfCancelled();
            engine.remove(container.id());
            done.add("removed container " + container.name());
        }
        for (NetworkInfo network : engine.listNetworks(ours)) {
            engine.removeNetwork(network.name());
            done.add("removed network " + network.name());
        }
        for (ImageInfo image : engine.listImages(ours)) {
            for (String reference : image.references()) {
                engine.removeImage(reference);
                done.add("removed image " + reference);
            }
        }
        return new Repairs(done);
    }
}
