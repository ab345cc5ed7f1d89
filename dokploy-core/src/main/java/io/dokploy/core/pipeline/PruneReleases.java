package io.dokploy.core.pipeline;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.Release;
import java.util.List;

/** Forgets releases beyond those that are kept, and removes the images that only they needed. */
final class PruneReleases {

    void run(Job job, Release live) {
        var releases = job.platform().store().releases();
        List<Release> all = releases.list(job.application().id());
        all.stream()
                .filter(release -> !release.id().equals(live.id()))
                .skip(live.spec().keepReleases() - 1L)
                .forEach(release -> {
                    releases.delete(release.id());
                    removeImageIfUnused(job, release);
                });
    }

    /** An image may belong to several releases: a changed setting does not change it. */
    static void removeImageIfUnused(Job job, Release gone) {
        boolean needed = job
                .platform()
                .store()
                .releases()
                .list(job.application().id())
                .stream()
                .anyMatch(release -> release.image().id().equals(gone.image().id()));
        if (needed || gone.image().identity().isEmpty()) {
            return;
        }
        try {
            job.platform().engine().removeImage(gone.image().tag());
            gone.spec()
                    .pushTo()
                    .ifPresent(repository -> job.platform()
                            .engine()
                            .removeImage(repository
                                    + gone.image()
                                            .tag()
                                            .substring(gone.image().tag().lastIndexOf(':'))));
            // What came back from the registry is known by this alone.
            gone.image().digest().ifPresent(job.platform().engine()::removeImage);
        } catch (DokployException e) {
            job.say("The image " + gone.image().tag() + " stays for now: " + e.getMessage());
        }
    }
}
