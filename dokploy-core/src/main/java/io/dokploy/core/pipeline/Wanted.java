package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release;
import java.util.Optional;

/**
 * What should be.
 *
 * @param release the one that should serve; empty: none at all
 * @param replicas how many of it
 * @param state   whether its containers run
 * @param reason  why it is wanted, which decides how careful to be
 */
record Wanted(Optional<Release> release, int replicas, State state, Reason reason) {

    enum State {
        RUNNING,
        STOPPED
    }

    enum Reason {
        /** It is new: run what comes before a switch, check, confirm. */
        DEPLOYMENT,
        /** It ran before: check and confirm. */
        ROLLBACK,
        /** It is what was there before something failed, or what should be there anyhow. */
        RESTORATION
    }

    static Wanted deployed(Release release) {
        return new Wanted(Optional.of(release), release.spec().replicas(), State.RUNNING, Reason.DEPLOYMENT);
    }

    static Wanted rolledBack(Release release) {
        return new Wanted(Optional.of(release), release.spec().replicas(), State.RUNNING, Reason.ROLLBACK);
    }

    static Wanted restored(Optional<Release> release, int replicas, State state) {
        return new Wanted(release, replicas, state, Reason.RESTORATION);
    }

    boolean isRunning() {
        return state == State.RUNNING && release.isPresent();
    }

    boolean is(io.dokploy.api.release.ReleaseId id) {
        return release.map(Release::id).filter(id::equals).isPresent();
    }

    Release required() {
        return release.orElseThrow(() -> new IllegalStateException("no release is wanted"));
    }
}
