package io.dokploy.spi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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
    void allStreamsOfOnePaceShareItAndCarryTheSame() throws IOException {
        var content = new byte[1_000_000];
        new Random(4711).nextBytes(content);
        var written = new ByteArrayOutputStream();
        try (var stream = pace.limit(written)) {
            stream.write(content, 10, content.length - 10);
            stream.write(4711);
        }
        assertThat(written.toByteArray())
                .hasSize(content.length - 9)
                .startsWith(Arrays.copyOfRange(content, 10, content.length))
                .endsWith((byte) 4711);
        try (var stream = pace.limit(new ByteArrayInputStream(content))) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
        assertThat(Duration.ofNanos(now.get())).isBetween(Duration.ofMillis(1_980), Duration.ofMillis(2_000));
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
