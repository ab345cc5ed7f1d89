package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static void sleep(VirtualTime time, Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void standsStillUntilItIsMoved() throws Exception {
        VirtualTime time = VirtualTime.manual();
        CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> sleep(time, Duration.ofHours(1)));
        time.awaitSleepers(1);
        time.advance(Duration.ofMinutes(59));
        time.awaitSleepers(1);
        assertThat(sleeper).isNotDone();
        time.advance(Duration.ofMinutes(1));
        sleeper.get(10, TimeUnit.SECONDS);
        assertThat(time.instant()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(1)));
    }

    @Test
    void whatIsDueHappensInItsOrderAndAtItsTime() {
        VirtualTime time = VirtualTime.manual();
        List<Instant> seen = new ArrayList<>();
        time.schedule(Duration.ofSeconds(3), () -> seen.add(time.instant()));
        time.schedule(Duration.ofSeconds(1), () -> {
            seen.add(time.instant());
            time.schedule(Duration.ofSeconds(1), () -> seen.add(time.instant()));
        });
        time.advance(Duration.ofSeconds(10));
        assertThat(seen)
                .containsExactly(
                        VirtualTime.START.plusSeconds(1),
                        VirtualTime.START.plusSeconds(2),
                        VirtualTime.START.plusSeconds(3));
    }

    @Test
    void jumpsOverEachSleepIfItAdvancesByItself() throws Exception {
        VirtualTime time = VirtualTime.autoAdvancing();
        List<String> done = new ArrayList<>();
        time.schedule(Duration.ofMinutes(5), () -> done.add("due on the way"));
        time.sleep(Duration.ofDays(1));
        assertThat(done).hasSize(1);
        assertThat(time.await(() -> false, Duration.ofHours(1))).isFalse();
        assertThat(time.instant()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(25)));
    }
}
