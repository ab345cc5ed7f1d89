package io.dokploy.core.pipeline;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.Release;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.engine.ImageInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Forgets releases beyond those that are kept, and removes the images that none of the others needs. */
final class PruneReleases {

    void run(Job job, Release live) {
        var releases = job.platform().store().releases();
        List<Release> all = releases.list(job.application().id());
        all.stream()
                .filter(release -> !release.id().equals(live.id()))
                .skip(live.spec().keepReleases() - 1L)
                .forEach(release -> releases.delete(release.id()));
        removeUnneededImages(job);
    }

    /**
     * Looks at the images that there are, not at what was just forgotten: so it also finds what a crash, or an image that
     * was in use for a while, has left. An image may belong to several releases: a changed setting does not change it.
     */
    static void removeUnneededImages(Job job) {
        var engine = job.platform().engine();
        Set<String> needed = job
                .platform()
                .store()
                .releases()
                .list(job.application().id())
                .stream()
                .map(release -> release.image().id())
                .collect(Collectors.toSet());
        var built = Map.of(
                Labels.INSTANCE, job.ref().instance(),
                Labels.APPLICATION, job.ref().id().value());
        try {
            for (ImageInfo image : engine.listImages(built)) {
                if (!needed.contains(image.id())) {
                    names(image).forEach(engine::removeImage);
                }
            }
        } catch (DokployException e) {
            job.say("Some images that are not needed stay until the next deployment: " + e.getMessage());
        }
    }

    /** What came back from a registry may be known by its digest alone. */
    private static List<String> names(ImageInfo image) {
        var names =
                Stream.concat(image.tags().stream(), image.digests().stream()).toList();
        return names.isEmpty() ? List.of(image.id()) : names;
    }
}
