package io.dokploy.backup.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many bytes per second, for all who share it. Thread-safe. */
final class Pace {

    /** A wait, which a test need not sit out. */
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    private final double nanosPerByte;
    private final LongSupplier clock;
    private final Pause pause;
    private long free;

    Pace(long bytesPerSecond) {
        this(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    Pace(long bytesPerSecond, LongSupplier clock, Pause pause) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.clock = clock;
        this.pause = pause;
        this.free = clock.getAsLong();
    }

    /** Waits until what was sent before is within the limit. */
    void sending(int bytes) throws InterruptedIOException {
        try {
            pause.nanos(reserved(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The upload was interrupted");
        }
    }

    private synchronized long reserved(int bytes) {
        long now = clock.getAsLong();
        free = Math.max(free, now);
        long wait = free - now;
        free += (long) (bytes * nanosPerByte);
        return wait;
    }
}
