package io.dokploy.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.ArchivesLog.Moment;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How PostgreSQL's log is received and recovered from: names of segments, command lines, files. */
class WriteAheadLogTest {

    private static final Login LOGIN = new Login("app", Secret.of("a:b\\c 4711"), "shop");

    private final PostgresProvisioner postgres = new PostgresProvisioner();

    @ParameterizedTest
    @CsvSource({
        "000000010000000000000001,000000010000000000000002",
        "00000001000000000000000F,000000010000000000000010",
        "0000000100000000000000FF,000000010000000100000000",
        "0000000A0000000F000000FF,0000000A0000001000000000"
    })
    void segmentsFollowEachOtherWithinTheirTimeline(String segment, String next) {
        assertThat(postgres.segmentAfter(segment)).isEqualTo(next);
        assertThat(segment).isLessThan(next);
    }

    @ParameterizedTest
    @CsvSource({
        "000000010000000000000001,true",
        "000000010000000000000001.partial,false",
        "00000002.history,false",
        "00000001000000000000000g,false"
    })
    void onlyClosedSegmentsAreSegments(String file, boolean isSegment) {
        assertThat(postgres.isSegment(file)).isEqualTo(isSegment);
    }

    @Test
    void theReceiversPasswordIsInAFileOfItsOwnAndNowhereElse() {
        var receiver = postgres.receiver(LOGIN.at("shop-db-1", 5432));
        assertThat(receiver.command()).noneMatch(argument -> argument.contains("4711"));
        assertThat(receiver.environment().values())
                .noneMatch(value -> value.reveal().contains("4711"));
        assertThat(receiver.files()).singleElement().satisfies(file -> {
            assertThat(file.mode()).isEqualTo(0600);
            assertThat(file.content().reveal()).isEqualTo("*:*:*:*:a\\:b\\\\c 4711\n");
        });
    }

    @Test
    void noCommandHasThePasswordInItsArguments() {
        var commands = Stream.concat(
                postgres.keepLog(LOGIN).stream(),
                Stream.of(
                        postgres.releaseLog(LOGIN),
                        postgres.committed(LOGIN),
                        postgres.currentSegment(LOGIN),
                        postgres.closeSegment(LOGIN),
                        postgres.nameMoment(LOGIN, "before"),
                        postgres.base(LOGIN).command()));
        assertThat(commands.map(EngineCommand::arguments))
                .allSatisfy(arguments -> assertThat(arguments).noneMatch(argument -> argument.contains("4711")));
    }

    @Test
    void aServerRecoversToTheMomentAndLetsNobodyInBefore() {
        var spec = DatabaseSpec.named("shop-db", PostgresSettings.defaults()).build();
        var serving = postgres.blueprint(spec, "18", LOGIN);
        var toTime = postgres.recovering(serving, "18", Moment.at(Instant.parse("2026-11-25T09:59:00.123456Z")));
        assertThat(toTime.arguments())
                .startsWith(serving.arguments().toArray(String[]::new))
                .contains("hot_standby=off", "recovery_target_time=2026-11-25 09:59:00.123456+00")
                .contains("recovery_target_action=promote");
        assertThat(toTime.files())
                .anyMatch(file -> file.path().equals("/var/lib/postgresql/18/docker/recovery.signal"));
        assertThat(postgres.recovering(serving, "18", Moment.named("before")).arguments())
                .contains("recovery_target_name=before")
                .noneMatch(argument -> argument.startsWith("recovery_target_time="));
        assertThat(postgres.recovering(serving, "18", Moment.consistent()).arguments())
                .contains("recovery_target=immediate");
    }
}
