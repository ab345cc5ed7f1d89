package io.dokploy.core.database;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;

/** A tool of a database engine that ended badly. */
final class EngineCommandFailure {

    private EngineCommandFailure() {}

    static UserErrorException of(String subject, String program, int exitCode, String complaints) {
        return new UserErrorException(Failure.user(
                "engine-command-failed",
                subject,
                program + " ended with exit code " + exitCode
                        + (complaints.isEmpty() ? ", without a word" : ":\n  | " + complaints.replace("\n", "\n  | ")),
                "Look at what it complains about, and at the database's log."));
    }
}
