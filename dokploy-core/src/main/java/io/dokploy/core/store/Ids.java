package io.dokploy.core.store;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.OperationId;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.release.ReleaseId;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes ids that are never used again and sort by their time: 26 characters of Crockford's Base32 for 48 bits of
 * milliseconds and 80 random bits (ULID). Those of one instance grow strictly, also within a millisecond and when the
 * clock goes back. Thread-safe.
 */
public final class Ids {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final int RANDOM_BITS = 80;

    private final Clock clock;
    private final SecureRandom random;
    private BigInteger last = BigInteger.ZERO;

    /** Ids with the times of that clock. */
    public Ids(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** An id for an application. */
    public ApplicationId newApplicationId() {
        return new ApplicationId("app_" + next());
    }

    /** An id for a release. */
    public ReleaseId newReleaseId() {
        return new ReleaseId("rel_" + next());
    }

    /** An id for a database. */
    public DatabaseId newDatabaseId() {
        return new DatabaseId("db_" + next());
    }

    /** An id for a backup. */
    public BackupId newBackupId() {
        return new BackupId("bak_" + next());
    }

    /** An id for an operation. */
    public OperationId newOperationId() {
        return new OperationId("op_" + next());
    }

    /** An id for an event. */
    public String newEventId() {
        return "evt_" + next();
    }

    /** An id for a delivery. */
    public String newDeliveryId() {
        return "ntf_" + next();
    }

    /** An id for a worker: one queue in one process. */
    public String newWorkerId() {
        return "wrk_" + next();
    }

    private synchronized String next() {
        BigInteger fresh =
                BigInteger.valueOf(clock.millis()).shiftLeft(RANDOM_BITS).or(new BigInteger(RANDOM_BITS, random));
        boolean laterMillisecond = fresh.shiftRight(RANDOM_BITS).compareTo(last.shiftRight(RANDOM_BITS)) > 0;
        last = laterMillisecond ? fresh : last.add(BigInteger.ONE);
        var text = new char[LENGTH];
        BigInteger rest = last;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt(rest.intValue() & 31);
            rest = rest.shiftRight(5);
        }
        return new String(text);
    }
}
