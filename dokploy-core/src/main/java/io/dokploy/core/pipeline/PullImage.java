package io.dokploy.core.pipeline;

import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.release.Release.ReleaseImage;
import io.dokploy.api.source.ImageSource;
import io.dokploy.spi.engine.ImageInfo;
import java.util.Optional;

/** Gets an image that somebody else built, and pins it to what was got. */
final class PullImage {

    ReleaseImage run(Job job, ImageSource source) {
        job.checkpoint();
        var image = find(job, source);
        var digest = image.digests().stream()
                .filter(candidate -> candidate.startsWith(repository(source.reference()) + "@"))
                .findFirst()
                .or(() -> image.digests().stream().findFirst());
        return new ReleaseImage(image.id(), source.reference(), digest, Optional.empty());
    }

    private static ImageInfo find(Job job, ImageSource source) {
        var engine = job.platform().engine();
        var present = source.pull() == ImageSource.Pull.ALWAYS
                ? Optional.<ImageInfo>empty()
                : engine.inspectImage(source.reference());
        if (present.isPresent()) {
            return present.get();
        }
        if (source.pull() == ImageSource.Pull.NEVER) {
            throw new ImageNotFoundException(
                    job.ref().subject(),
                    "the image " + source.reference() + " is not on the engine, and the source says never to pull",
                    "Load it into the engine, or let the source pull it.");
        }
        job.say("Pulling " + source.reference());
        return engine.pull(
                source.reference(),
                job.context().registries().forImage(source.reference()),
                job.context().progress(),
                job.context().cancelToken());
    }

    private static String repository(String reference) {
        var withoutDigest = reference.split("@", 2)[0];
        int colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }
}
