package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release.ReleaseImage;
import java.util.Optional;

/** Brings the image to where others get it, if the application says so; on one engine it is where it is needed. */
final class ShipImage {

    ReleaseImage run(Job job, Wish wish, ReleaseImage image) {
        if (wish.spec().pushTo().isEmpty()) {
            return image;
        }
        job.checkpoint();
        var tag = wish.spec().pushTo().get() + image.tag().substring(image.tag().lastIndexOf(':'));
        var engine = job.platform().engine();
        engine.tag(image.id(), tag);
        job.say("Pushing " + tag);
        try {
            var digest = engine.push(
                    tag,
                    job.context().registries().forImage(tag),
                    job.context().progress(),
                    job.context().cancelToken());
            return new ReleaseImage(image.id(), image.tag(), Optional.of(digest), image.identity());
        } catch (RuntimeException e) {
            // The image stays under its own tag, for the next try; this one no release would know of.
            engine.removeImage(tag);
            throw e;
        }
    }
}
