package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.Problems;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A schedule that cannot be kept is refused with all that is wrong with it. */
class ScheduleRulesTest {

    @Test
    void whatCanBeKeptPasses() {
        assertThat(problems(nightly())).isEmpty();
        assertThat(problems(nightly().jitter(Duration.ofHours(12)))).isEmpty();
        assertThat(problems(nightly().cron("0 3 29 2 *").verify(VerifyPolicy.onSchedule("0 3 * * *"))))
                .as("every four years, and every eight around 2100")
                .isEmpty();
    }

    @Test
    void aTimeThatNeverComesIsNone() {
        assertThat(problems(nightly().cron("0 3 31 2 *"))).contains("cron", "never comes");
        assertThat(problems(nightly().verify(VerifyPolicy.onSchedule("0 3 31 2 *"))))
                .contains("verify.cron", "never comes");
    }

    @Test
    void theJitterIsShorterThanTheShortestGap() {
        assertThat(problems(nightly().cron("0 1,3 * * *").jitter(Duration.ofMinutes(120))))
                .contains("jitter", "120 minutes");
        assertThat(problems(nightly().cron("0 1,3 * * *").jitter(Duration.ofMinutes(119))))
                .isEmpty();
    }

    @Test
    void whatIsProvenTooRarelyForItsOwnAlertIsRefused() {
        var weekly = BackupAlerts.defaults();
        assertThat(problems(nightly().alerts(weekly).verify(VerifyPolicy.everyNth(8))))
                .contains("alerts.unverifiedFor", "8 days");
        assertThat(problems(nightly().alerts(weekly).verify(VerifyPolicy.everyNth(7))))
                .isEmpty();
        assertThat(problems(nightly().alerts(weekly).verify(VerifyPolicy.onSchedule("0 3 1 * *"))))
                .contains("alerts.unverifiedFor", "31 days");
    }

    private static BackupSchedule.Builder nightly() {
        return BackupSchedule.named("nightly").of("shop-db").to("nas").cron("0 3 * * *");
    }

    private static String problems(BackupSchedule.Builder schedule) {
        var problems = Problems.of("schedule");
        ScheduleRules.check(schedule.build(), Instant.parse("2026-03-10T00:00:00Z"), problems);
        try {
            problems.throwIfAny();
            return "";
        } catch (InvalidSpecException e) {
            return e.getMessage();
        }
    }
}
