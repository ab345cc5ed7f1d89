package io.dokploy.core.store;

import io.dokploy.api.OperationId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a schedule goes.
 *
 * @param created        when it was put first
 * @param due            the next time of its expression
 * @param starts         the same with its jitter
 * @param verifyDue      when the newest backup is proven next, if that has times of its own
 * @param lastDue        the last time that a run was begun for
 * @param lastRun        that run, or a later one that was asked for by hand
 * @param lateTold       the time whose delay was told last
 * @param unverifiedTold when it was told last that nothing is verified
 */
public record ScheduleState(
        Instant created,
        Instant due,
        Instant starts,
        Optional<Instant> verifyDue,
        Optional<Instant> lastDue,
        Optional<OperationId> lastRun,
        Optional<Instant> lateTold,
        Optional<Instant> unverifiedTold) {

    /** One that has run nothing yet. */
    public static ScheduleState first(Instant now, Instant due, Instant starts, Optional<Instant> verifyDue) {
        return new ScheduleState(
                now, due, starts, verifyDue, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, with other times to come. */
    public ScheduleState next(Instant newDue, Instant newStarts) {
        return new ScheduleState(created, newDue, newStarts, verifyDue, lastDue, lastRun, lateTold, unverifiedTold);
    }

    /** The same, with another time to prove the newest backup. */
    public ScheduleState nextVerify(Optional<Instant> newDue) {
        return new ScheduleState(created, due, starts, newDue, lastDue, lastRun, lateTold, unverifiedTold);
    }

    /** The same, with the times to come of another. */
    public ScheduleState timesOf(ScheduleState fresh) {
        return next(fresh.due, fresh.starts).nextVerify(fresh.verifyDue);
    }

    /** The same after a run was begun for that time. */
    public ScheduleState began(Instant forDue, OperationId run) {
        return new ScheduleState(
                created, due, starts, verifyDue, Optional.of(forDue), Optional.of(run), lateTold, unverifiedTold);
    }

    /** The same after a run was asked for by hand. */
    public ScheduleState ranByHand(OperationId run) {
        return new ScheduleState(created, due, starts, verifyDue, lastDue, Optional.of(run), lateTold, unverifiedTold);
    }

    /** The same after the delay of that time was told. */
    public ScheduleState toldLate(Instant lateDue) {
        return new ScheduleState(
                created, due, starts, verifyDue, lastDue, lastRun, Optional.of(lateDue), unverifiedTold);
    }

    /** The same after it was told that nothing is verified. */
    public ScheduleState toldUnverified(Instant when) {
        return new ScheduleState(created, due, starts, verifyDue, lastDue, lastRun, lateTold, Optional.of(when));
    }
}
