package io.dokploy.core.pipeline;

import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.release.Release;
import io.dokploy.spi.engine.ImageInfo;

/** Makes sure that the engine has the image of a release; what is gone is fetched from its registry, by digest. */
final class RequiredImage {

    private RequiredImage() {}

    static void ensure(Job job, Release release) {
        var engine = job.platform().engine();
        var image = release.image();
        if (engine.inspectImage(image.id()).isPresent()) {
            return;
        }
        var digest = image.digest()
                .orElseThrow(
                        () -> new ImageNotFoundException(
                                job.ref().subject(),
                                "the image " + image.tag() + " of " + release.id()
                                        + " is not on the engine any more, and it was not pushed to a registry",
                                "Deploy the commit again"
                                        + release.commit()
                                                .map(commit -> ": " + commit.id())
                                                .orElse("")
                                        + ". Or bring it back with restoreImage, if a backup has it. To be safe, keep more releases or set pushTo."));
        job.say("Pulling " + digest);
        ImageInfo pulled = engine.pull(
                digest,
                job.context().registries().forImage(digest),
                job.context().progress(),
                job.context().cancelToken());
        engine.tag(pulled.id(), image.tag());
    }
}
