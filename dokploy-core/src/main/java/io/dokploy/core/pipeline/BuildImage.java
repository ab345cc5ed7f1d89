package io.dokploy.core.pipeline;

import io.dokploy.api.error.InsufficientDiskException;
import io.dokploy.api.release.Release.ReleaseImage;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.spi.Builder.BuildRequest;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ContainerEngine.DiskSpace;
import java.util.Map;
import java.util.Optional;

/** Makes the image, unless the engine has one of the same identity. */
final class BuildImage {

    ReleaseImage run(Job job, Wish wish, SourceTree tree, BuildRecipe recipe) {
        job.checkpoint();
        var engine = job.platform().engine();
        var present = engine.inspectImage(recipe.tag())
                .filter(image -> recipe.identity().equals(image.labels().get(Labels.IDENTITY)));
        if (present.isPresent()) {
            job.say("The image " + recipe.tag() + " is there already: nothing that decides it has changed");
            return image(recipe, present.get().id());
        }
        requireDisk(job);
        var labels = Map.of(
                Labels.INSTANCE, job.ref().instance(),
                Labels.APPLICATION, job.ref().id().value(),
                Labels.IDENTITY, recipe.identity(),
                Labels.BASES, recipe.bases().label());
        var request = new BuildRequest(
                tree,
                wish.spec().builder(),
                recipe.tag(),
                wish.spec().buildArgs(),
                wish.spec().buildSecrets(),
                labels,
                wish.forced());
        job.say("Building " + recipe.tag());
        var id = PluginRegistry.call(recipe.builder(), builder -> builder.build(request, job.context()));
        return image(recipe, id);
    }

    private static ReleaseImage image(BuildRecipe recipe, String id) {
        return new ReleaseImage(id, recipe.tag(), Optional.empty(), Optional.of(recipe.identity()));
    }

    private static void requireDisk(Job job) {
        long needed = job.platform().limits().minimumFreeDisk();
        Optional<DiskSpace> disk = job.platform().engine().diskSpace();
        if (disk.isPresent() && disk.get().free() < needed) {
            throw new InsufficientDiskException(
                    job.ref().subject(),
                    "the engine's disk has " + new ByteSize(disk.get().free()) + " free of "
                            + new ByteSize(disk.get().total()) + ", and a build needs at least " + new ByteSize(needed),
                    "Remove former images with maintenance().pruneImages(), the build cache with pruneBuildCache(), or"
                            + " keep fewer releases.");
        }
    }
}
