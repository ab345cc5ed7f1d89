package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release;
import io.dokploy.api.release.Release.ReleaseImage;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.source.FetchedSource;

/**
 * A commit becomes a served release. Read from top to bottom: resolve what is wanted, recognise what runs already, fetch,
 * plan, build, ship, make the release, roll it out.
 */
final class DeploymentPipeline {

    private final ResolveWish resolve = new ResolveWish();
    private final RecogniseUnchanged unchanged = new RecogniseUnchanged();
    private final FetchSource fetch = new FetchSource();
    private final PlanBuild plan = new PlanBuild();
    private final BuildImage build = new BuildImage();
    private final PullImage pull = new PullImage();
    private final ShipImage ship = new ShipImage();
    private final MakeRelease make = new MakeRelease();
    private final RollOut rollOut = new RollOut();

    /** Deploys what the source holds now; returns the live release if it is that already. */
    Release deploy(Job job, DeployArguments arguments) {
        var interrupted = make.interrupted(job);
        if (interrupted.isPresent()) {
            return rollOut.run(job, Wanted.deployed(interrupted.get()));
        }
        job.begin("resolve");
        Wish wish = resolve.run(job, arguments);
        var live = unchanged.run(job, wish);
        if (live.isPresent()) {
            return live.get();
        }
        Built built = image(job, wish);
        Release release = make.run(job, wish, built);
        return rollOut.run(job, Wanted.deployed(release));
    }

    private Built image(Job job, Wish wish) {
        if (wish.spec().source() instanceof ImageSource source) {
            job.begin("pull");
            return Built.from(pull.run(job, source));
        }
        var reusable = unchanged.image(job, wish);
        if (reusable.isPresent()) {
            return reusable.get();
        }
        job.begin("fetch");
        try (FetchedSource source = fetch.run(job, wish)) {
            job.begin("plan");
            BuildRecipe recipe = plan.run(job, wish, source.tree());
            job.begin("build");
            ReleaseImage image = build.run(job, wish, source.tree(), recipe);
            job.begin("ship");
            return new Built(ship.run(job, wish, image), source.commit());
        }
    }
}
