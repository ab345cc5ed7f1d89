package io.dokploy.core.pipeline;

import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Deployer.Process;
import java.util.Optional;

/** Spares work that has been done: the whole deployment if all is as wanted, the build if only settings differ. */
final class RecogniseUnchanged {

    /** The live release, if a deployment would make the same again and it runs as it should. */
    Optional<Release> run(Job job, Wish wish) {
        var same = live(job, wish)
                .filter(release -> release.spec().equals(wish.spec()))
                .filter(release -> release.environment().equals(wish.environment()))
                .filter(release -> runs(job, release));
        same.ifPresent(release -> {
            job.say("Nothing has changed: " + release.id() + " is live already");
            job.operation()
                    .emit(
                            EventType.DEPLOYMENT_UNCHANGED,
                            Severity.INFO,
                            Tree.branch().put("release", release.id().value()).build());
        });
        return same;
    }

    /** The live release's image, if the same source would be built the same way. */
    Optional<Built> image(Job job, Wish wish) {
        return live(job, wish)
                .filter(release -> !SpecDifference.needsBuild(release.spec(), wish.spec()))
                .map(release -> {
                    job.say("The image of " + release.id() + " is taken: source and build settings are the same");
                    return new Built(release.image(), release.commit());
                });
    }

    private static Optional<Release> live(Job job, Wish wish) {
        if (wish.forced() || !(wish.spec().source() instanceof GitSource)) {
            return Optional.empty();
        }
        return job.application()
                .live()
                .flatMap(id -> job.platform().store().releases().find(id))
                .filter(release -> release.commit().map(Release.Commit::id).equals(wish.commit()))
                .filter(release -> imageIsCurrent(job, release));
    }

    /** Whether the engine has the image, and its base images still are what they were. */
    private static boolean imageIsCurrent(Job job, Release release) {
        return job.platform()
                .engine()
                .inspectImage(release.image().id())
                .filter(image ->
                        BaseImages.readFrom(image).areCurrent(job.platform().engine()))
                .isPresent();
    }

    private static boolean runs(Job job, Release release) {
        var seen = Convergence.look(job);
        var wanted = Wanted.restored(Optional.of(release), release.spec().replicas(), Wanted.State.RUNNING);
        long running = seen.of(wanted).stream().filter(Process::isRunning).count();
        return !job.application().stopped()
                && running == release.spec().replicas()
                && seen.others(wanted).isEmpty()
                && (release.spec().domains().isEmpty() || seen.servesOnly(wanted));
    }
}
