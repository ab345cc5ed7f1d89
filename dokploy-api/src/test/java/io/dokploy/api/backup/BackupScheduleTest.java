package io.dokploy.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.error.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** What a schedule cannot do is refused when it is built, with the reason. */
class BackupScheduleTest {

    private static final VerifyPolicy ASKING = VerifyPolicy.everyBackup().check(CheckQuery.of("SELECT 1;"));

    @Test
    void itSaysWhatItBacksUp() {
        assertThat(nightly().of("shop-db").build().subject()).isEqualTo(new Subject(Kind.DATABASE, "shop-db"));
        assertThat(nightly().ofVolumes("shop").build().subject()).isEqualTo(new Subject(Kind.VOLUMES, "shop"));
        assertThat(nightly().ofImage("shop").build().subject()).isEqualTo(new Subject(Kind.IMAGE, "shop"));
        assertThat(bases().build().subject()).isEqualTo(new Subject(Kind.BASE, "shop-db"));
        var store = nightly().ofStore().build();
        assertThat(store.subject()).isEqualTo(new Subject(Kind.STORE, ""));
        assertThat(store.toBuilder().build()).isEqualTo(store);
    }

    @Test
    void aBaseGoesWhereItsLogDoes() {
        assertThat(bases().build().target()).isEmpty();
        refused(bases().to("nas"), "target", "where the log of its database does");
    }

    @Test
    void onlyADatabaseIsAsked() {
        assertThat(bases().verify(ASKING).build().verify()).isEqualTo(ASKING);
        assertThat(nightly().of("shop-db").verify(ASKING).build().verify()).isEqualTo(ASKING);
        refused(nightly().ofVolumes("shop").verify(ASKING), "verify.check", "no database");
        refused(nightly().ofStore().verify(ASKING), "verify.check", "no database");
    }

    @Test
    void onlyAnApplicationIsHeldStill() {
        var still = nightly().ofVolumes("shop", DuringBackup.PAUSED).build();
        assertThat(still.subject().during()).isEqualTo(DuringBackup.PAUSED);
        refused(
                nightly().of(new Subject(Kind.DATABASE, "shop-db", DuringBackup.STOPPED)),
                "during",
                "is for the volumes of applications");
    }

    @Test
    void whatIsBackedUpHasToBeNamed() {
        refused(nightly(), "database", "must be 2 to 40");
        refused(nightly().ofVolumes("Not a name"), "application", "must be 2 to 40");
        refused(nightly().ofImage("Not a name"), "application", "must be 2 to 40");
        refused(nightly().of(new Subject(Kind.STORE, "shop")), "subject", "no name");
        refused(nightly().of(new Subject(Kind.LOG, "shop-db")), "subject", "stored all the time");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        refused(BackupSchedule.named("nightly").ofVolumes("").cron("never").verify(ASKING), "application", "target");
        refused(BackupSchedule.named("nightly").ofVolumes("").cron("never").verify(ASKING), "cron", "verify.check");
    }

    private static BackupSchedule.Builder nightly() {
        return BackupSchedule.named("nightly").to("nas").cron("0 3 * * *");
    }

    private static BackupSchedule.Builder bases() {
        return BackupSchedule.named("bases").ofBase("shop-db").cron("0 3 * * SUN");
    }

    private static void refused(BackupSchedule.Builder schedule, String... reasons) {
        assertThatThrownBy(schedule::build)
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContainingAll(reasons);
    }
}
