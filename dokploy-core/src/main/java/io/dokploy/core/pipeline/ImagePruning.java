package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.Maintenance.Pruned;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.spi.engine.ImageInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes images of ours that no release needs. */
final class ImagePruning {

    private final Platform platform;

    ImagePruning(Platform platform) {
        this.platform = platform;
    }

    Pruned images(OperationContext operation) {
        // In this order: what a deployment builds meanwhile is not looked at, and what it has just released is needed.
        var idle = platform
                .engine()
                .listImages(Map.of(Labels.INSTANCE, platform.store().instance()))
                .stream()
                .filter(image -> !isBusy(image.labels().getOrDefault(Labels.APPLICATION, "")))
                .toList();
        Set<String> needed = needed();
        var removed = new ArrayList<String>();
        long freed = 0;
        for (ImageInfo image : idle) {
            operation.cancelToken().throwIfCancelled();
            if (needed.contains(image.id())) {
                continue;
            }
            image.references().forEach(platform.engine()::removeImage);
            // One that a container uses stays.
            if (platform.engine().inspectImage(image.id()).isEmpty()) {
                removed.addAll(image.references());
                freed += image.size();
            }
        }
        return new Pruned(removed, new ByteSize(freed));
    }

    private boolean isBusy(String application) {
        return platform.store().operations().current(application).isPresent();
    }

    /** Of all applications: one may run what another has built and pushed. */
    private Set<String> needed() {
        return platform.store().applications().all().stream()
                .map(Application::id)
                .flatMap(id -> platform.store().releases().list(id).stream())
                .map(release -> release.image().id())
                .collect(Collectors.toSet());
    }

    Pruned buildCache(OperationContext operation) {
        return new Pruned(List.of("build cache"), new ByteSize(platform.engine().pruneBuildCache()));
    }
}
