package io.dokploy.core.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets, also back. */
final class MovableClock extends Clock {

    private Instant now;

    MovableClock(String start) {
        now = Instant.parse(start);
    }

    synchronized void set(Instant time) {
        now = time;
    }

    void set(String time) {
        set(Instant.parse(time));
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
