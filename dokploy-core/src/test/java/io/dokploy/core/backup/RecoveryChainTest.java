package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.error.LogGapException;
import io.dokploy.core.backup.RecoveryChain.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A moment is recovered from the newest base before it and every segment since, or it is said what is missing. */
class RecoveryChainTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-25T00:00:00Z");
    private static final String HISTORY = "db_1-1";

    private final List<Backup> bases = new ArrayList<>();
    private final List<Backup> logs = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    @Test
    void allSegmentsFromTheBaseToTheFirstStretchThatReachesTheMoment() {
        base("base", HISTORY, 2, 3, 10);
        log(HISTORY, 5, 1, 2);
        log(HISTORY, 10, 3);
        log(HISTORY, 15, 4, 5);
        log(HISTORY, 20, 6);
        assertThat(segments(stock().to(minute(10)))).containsExactly("2", "3");
        assertThat(segments(stock().to(minute(11)))).containsExactly("2", "3", "4", "5");
        assertThat(segments(stock().to(minute(15)))).containsExactly("2", "3", "4", "5");
        assertThat(segments(stock().to(minute(20)))).containsExactly("2", "3", "4", "5", "6");
    }

    @Test
    void theNewestBaseBeforeTheMoment() {
        base("old", HISTORY, 1, 1, 5);
        base("young", HISTORY, 3, 3, 15);
        log(HISTORY, 5, 1);
        log(HISTORY, 10, 2);
        log(HISTORY, 15, 3);
        log(HISTORY, 20, 4);
        assertThat(stock().to(minute(14)).base().id().value()).isEqualTo("old");
        assertThat(stock().to(minute(15)).base().id().value()).isEqualTo("young");
    }

    @Test
    void segmentsOfAnotherHistoryAreOthers() {
        base("former", HISTORY, 1, 1, 5);
        base("later", "db_1-2", 1, 1, 15);
        log(HISTORY, 5, 1);
        log(HISTORY, 12, 2);
        log("db_1-2", 15, 1);
        log("db_1-2", 20, 2, 3);
        assertThat(stock().to(minute(11)).segments())
                .extracting(segment -> segment.log().log().orElseThrow().history())
                .containsOnly(HISTORY);
        assertThat(segments(stock().to(minute(16)))).containsExactly("1", "2", "3");
        // Between the end of the one log and the first base of the other nothing is known.
        assertThatThrownBy(() -> stock().to(minute(13)))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("ends before segment 3")
                .hasMessageContaining("last moment that can be is " + minute(12));
        assertThatThrownBy(() -> stock().to(minute(16), HISTORY)).isInstanceOf(LogGapException.class);
    }

    @Test
    void aGapIsNamedWithTheLastMomentBeforeIt() {
        base("base", HISTORY, 1, 1, 5);
        log(HISTORY, 5, 1);
        log(HISTORY, 10, 2);
        log(HISTORY, 20, 4);
        assertThat(segments(stock().to(minute(10)))).containsExactly("1", "2");
        assertThatThrownBy(() -> stock().to(minute(11)))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("has a gap: its segment 3 is not stored")
                .hasMessageContaining("last moment that can be is " + minute(10));
        assertThat(RecoveryChain.missing("1", new TreeSet<>(List.of("1", "2", "4", "7")), RecoveryChainTest::after))
                .containsExactly("3", "5", "6");
    }

    @Test
    void anObjectThatIsGoneIsAGap() {
        base("base", HISTORY, 1, 1, 5);
        log(HISTORY, 5, 1);
        log(HISTORY, 10, 2, 3);
        gone.add("2");
        assertThatThrownBy(() -> stock().to(minute(9)))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("segment 2")
                .hasMessageContaining("last moment that can be is " + minute(5));
    }

    @Test
    void aBaseWithoutTheLogThatMakesItConsistentIsNothing() {
        base("base", HISTORY, 1, 3, 5);
        log(HISTORY, 2, 1);
        log(HISTORY, 5, 3);
        assertThatThrownBy(() -> stock().to(minute(5)))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("segment 2")
                .hasMessageContaining("without it the base is worth nothing");
        assertThatThrownBy(() -> stock().of(bases.get(0))).isInstanceOf(LogGapException.class);
    }

    @Test
    void beforeTheFirstBaseNothingCanBeRecovered() {
        base("base", HISTORY, 1, 1, 5);
        log(HISTORY, 5, 1);
        assertThatThrownBy(() -> stock().to(minute(4)))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("the oldest is of " + minute(5));
    }

    private Stock stock() {
        return new Stock(
                "default/production/shop-db",
                bases,
                history -> logs.stream()
                        .filter(log -> log.log().orElseThrow().history().equals(history))
                        .toList(),
                RecoveryChainTest::after,
                part -> !gone.contains(part.name()));
    }

    private static String after(String segment) {
        return Integer.toString(Integer.parseInt(segment) + 1);
    }

    private static List<String> segments(RecoveryChain chain) {
        return chain.segments().stream().map(segment -> segment.part().name()).toList();
    }

    private static Instant minute(int minute) {
        return MIDNIGHT.plus(Duration.ofMinutes(minute));
    }

    private void base(String id, String history, int first, int last, int until) {
        bases.add(backup(
                id,
                Kind.BASE,
                List.of(part("base")),
                new LogSpan(history, Integer.toString(first), Integer.toString(last), minute(until))));
    }

    private void log(String history, int until, int... segments) {
        var parts = Arrays.stream(segments)
                .mapToObj(Integer::toString)
                .map(RecoveryChainTest::part)
                .toList();
        logs.add(backup(
                "log-" + logs.size(),
                Kind.LOG,
                parts,
                new LogSpan(
                        history,
                        parts.get(0).name(),
                        parts.get(parts.size() - 1).name(),
                        minute(until))));
    }

    private static Part part(String name) {
        return new Part(name, "key/" + name, "wal", true, 1, 1, "");
    }

    private static Backup backup(String id, Kind kind, List<Part> parts, LogSpan log) {
        return new Backup(
                new BackupId(id),
                kind,
                "instance",
                "default",
                "production",
                "shop-db",
                "postgres",
                "17",
                "17.6",
                MIDNIGHT,
                Duration.ZERO,
                parts,
                Map.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(log));
    }
}
