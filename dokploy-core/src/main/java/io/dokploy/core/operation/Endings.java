package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.SupersededException;
import java.time.Duration;

/** Why an operation ends before its work is done, in words. */
final class Endings {

    private Endings() {}

    static Failure cancelled(String subject) {
        return new CancelledException(subject, "the operation was cancelled", "Ask for it again if it is wanted.")
                .failure();
    }

    static Failure superseded(String subject, OperationId newer) {
        return new SupersededException(
                        subject, "the newer request " + newer + " took its place while it waited", "Follow that one.")
                .failure();
    }

    static Failure deadline(String subject, Duration deadline) {
        return new DeadlineException(
                        subject,
                        "the operation was not done within its deadline of " + deadline.toSeconds() + " s",
                        "Look in its log where the time went, or allow it more.")
                .failure();
    }

    static Failure shutDown(String subject) {
        return new ShutDownException(
                        subject, "this instance is closing", "Nothing to do: it goes on at the next start.")
                .failure();
    }

    static Failure fenced(String subject) {
        return new FencedException(
                        subject,
                        "another worker has taken the operation over",
                        "Nothing to do: the other worker goes on with it.")
                .failure();
    }
}
