package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release.Commit;
import io.dokploy.api.release.Release.ReleaseImage;
import java.util.Optional;

/**
 * An image and what it was made from.
 *
 * @param image  on the engine
 * @param commit if it came from Git
 */
record Built(ReleaseImage image, Optional<Commit> commit) {

    static Built from(ReleaseImage pulled) {
        return new Built(pulled, Optional.empty());
    }
}
