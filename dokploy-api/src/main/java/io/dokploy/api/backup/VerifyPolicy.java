package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.Optional;

/**
 * Which backups of a schedule are proven by a restore, and what they are asked then.
 *
 * @param every each backup (1), or each that has so many before it since the last proven one; 0 with {@code cron}
 * @param cron  when the newest backup is proven instead, in the schedule's time zone
 * @param check what a restored backup must answer
 */
@Experimental
public record VerifyPolicy(int every, Optional<String> cron, Optional<CheckQuery> check) {
    public VerifyPolicy {
        var problems = Problems.of("verify policy")
                .require(
                        cron.isPresent() ? every == 0 : every >= 1,
                        "every",
                        "must be at least 1, and nothing else beside a cron expression");
        cron.ifPresent(text -> CronText.check(problems, "cron", text));
        problems.throwIfAny();
    }

    /** Every one, as soon as it is stored. The default. */
    public static VerifyPolicy everyBackup() {
        return everyNth(1);
    }

    /** The first, and then each n-th; one whose proof fails is followed by another try with the next backup. */
    public static VerifyPolicy everyNth(int n) {
        return new VerifyPolicy(n, Optional.empty(), Optional.empty());
    }

    /** The newest that there is at these times, in five fields as for the schedule itself. */
    public static VerifyPolicy onSchedule(String cron) {
        return new VerifyPolicy(0, Optional.of(cron), Optional.empty());
    }

    /** The same; besides, what is restored must answer that. */
    public VerifyPolicy check(CheckQuery query) {
        return new VerifyPolicy(every, cron, Optional.of(query));
    }
}
