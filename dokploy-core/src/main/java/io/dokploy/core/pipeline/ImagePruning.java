package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.Maintenance.Pruned;
import io.dokploy.api.release.Release;
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
        Set<String> needed = platform.store().applications().all().stream()
                .map(Application::id)
                .flatMap(id -> platform.store().releases().list(id).stream())
                .map(Release::image)
                .map(Release.ReleaseImage::id)
                .collect(Collectors.toSet());
        var removed = new ArrayList<String>();
        long freed = 0;
        var ours = Map.of(Labels.INSTANCE, platform.store().instance());
        for (ImageInfo image : platform.engine().listImages(ours)) {
            operation.cancelToken().throwIfCancelled();
            var owner = image.labels().getOrDefault(Labels.APPLICATION, "");
            if (needed.contains(image.id())
                    || platform.store().operations().current(owner).isPresent()) {
                continue;
            }
            List<String> names = image.tags().isEmpty() ? List.of(image.id()) : image.tags();
            names.forEach(platform.engine()::removeImage);
            removed.addAll(names);
            freed += image.size();
        }
        return new Pruned(removed, new ByteSize(freed));
    }

    Pruned buildCache(OperationContext operation) {
        return new Pruned(List.of("build cache"), new ByteSize(platform.engine().pruneBuildCache()));
    }
}
