package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void timesAreThoseOfTheZone() {
        assertThat(next("0 3 * * *", BERLIN, "2026-01-10T12:00:00Z", 2))
                .containsExactly("2026-01-11T02:00:00Z", "2026-01-12T02:00:00Z");
        assertThat(next("0 3 * * *", ZoneId.of("Asia/Kolkata"), "2026-01-10T12:00:00Z", 1))
                .containsExactly("2026-01-10T21:30:00Z");
    }

    @Test
    void aTimeItselfIsNotAfterItself() {
        assertThat(next("0 3 * * *", ZoneId.of("UTC"), "2026-01-10T03:00:00Z", 1))
                .containsExactly("2026-01-11T03:00:00Z");
        assertThat(next("0 3 * * *", ZoneId.of("UTC"), "2026-01-10T02:59:59.999999Z", 1))
                .containsExactly("2026-01-10T03:00:00Z");
    }

    @Test
    void anHourThatDoesNotExistIsTheMomentAfterTheChange() {
        assertThat(next("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
        assertThat(next("15,45 2 * * *", BERLIN, "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z");
        assertThat(next("0 3 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
                .as("the hour after the gap exists")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z");
    }

    @Test
    void aMidnightThatDoesNotExistIsTheMomentAfterTheChange() {
        assertThat(next("15 0 * * *", ZoneId.of("America/Santiago"), "2026-09-05T12:00:00Z", 2))
                .containsExactly("2026-09-06T04:00:00Z", "2026-09-07T03:15:00Z");
    }

    @Test
    void anHourThatComesTwiceIsTheFirst() {
        assertThat(next("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", BERLIN, "2026-10-25T01:05:00Z", 1))
                .as("asked in the second of the two")
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourGoesOnByTheHourThroughBothChanges() {
        assertThat(next("0 * * * *", BERLIN, "2026-03-28T23:30:00Z", 3))
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
        assertThat(next("30 * * * *", BERLIN, "2026-10-24T23:45:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void rareDaysAreFound() {
        assertThat(next("0 3 29 2 *", ZoneId.of("UTC"), "2026-01-10T12:00:00Z", 2))
                .containsExactly("2028-02-29T03:00:00Z", "2032-02-29T03:00:00Z");
        assertThat(next("0 3 30 2 *", ZoneId.of("UTC"), "2026-01-10T12:00:00Z", 2))
                .isEmpty();
    }

    @Test
    void eitherOfTwoRestrictedDaysIsEnough() {
        assertThat(next("0 4 1 * MON", ZoneId.of("UTC"), "2026-03-29T12:00:00Z", 3))
                .containsExactly("2026-03-30T04:00:00Z", "2026-04-01T04:00:00Z", "2026-04-06T04:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"61 * * * *", "0 25 * * *", "0 3 32 * *", "0 3 * 13 *", "0 3 * * 8", "*/0 * * * *", "a b c d e"})
    void whatIsNoSuchExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> CronTimes.of(expression, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> next(String expression, ZoneId zone, String after, int count) {
        return CronTimes.of(expression, zone).next(OffsetDateTime.parse(after).toInstant(), count).stream()
                .map(Instant::toString)
                .toList();
    }
}
