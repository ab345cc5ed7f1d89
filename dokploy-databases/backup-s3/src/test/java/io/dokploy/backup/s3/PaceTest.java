package io.dokploy.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final Pace pace = new Pace(1_000_000, now::get, now::addAndGet);

    @Test
    void noMoreThanTheLimitIsSentInAnyTime() throws InterruptedIOException {
        for (int i = 0; i < 1_000; i++) {
            pace.sending(10_000);
        }
        assertThat(Duration.ofNanos(now.get())).isBetween(Duration.ofMillis(9_980), Duration.ofMillis(10_000));
    }

    @Test
    void anIdleTimeIsNotCaughtUpWith() throws InterruptedIOException {
        pace.sending(10_000);
        now.addAndGet(Duration.ofHours(1).toNanos());
        long began = now.get();
        for (int i = 0; i < 100; i++) {
            pace.sending(10_000);
        }
        assertThat(Duration.ofNanos(now.get() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void anInterruptEndsTheWait() {
        var slow = new Pace(1, now::get, nanos -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> slow.sending(1)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
