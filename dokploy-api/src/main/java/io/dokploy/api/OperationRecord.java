package io.dokploy.api;

import io.dokploy.api.error.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * An operation as it is kept.
 *
 * @param id       its id
 * @param kind     {@code deploy}, {@code rollback}, {@code stop}, …
 * @param subject  on what: {@code project/environment/application}, or {@code instance}
 * @param actor    who asked
 * @param state    how far it is
 * @param step     what it is doing or did last: {@code build}
 * @param requested when it was asked for
 * @param started  when it was begun, if it was
 * @param finished when it was over, if it is
 * @param failure  why it did not succeed, if it did not
 */
public record OperationRecord(
        OperationId id,
        String kind,
        String subject,
        Actor actor,
        State state,
        String step,
        Instant requested,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Failure> failure) {

    /** How far an operation is. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** Somebody works on it. */
        RUNNING,
        /** Did what was asked. */
        SUCCEEDED,
        /** Did not; everything is as before. */
        FAILED,
        /** Was cancelled; everything is as before. */
        CANCELLED,
        /** A newer request took its place while it waited. */
        SUPERSEDED;

        /** Whether nothing more will happen. */
        public boolean isFinal() {
            return this != QUEUED && this != RUNNING;
        }
    }
}
