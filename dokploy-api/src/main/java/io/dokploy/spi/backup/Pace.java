package io.dokploy.spi.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.ByteSize;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many bytes per second, for all streams that share it: a target whose settings have a limit makes one when it is opened.
 * A time in which nothing is sent is not caught up with. An interrupt ends a wait with an {@link InterruptedIOException}.
 * Thread-safe.
 */
@Experimental
public final class Pace {

    private static final int STEP = 8 << 10;

    /** A wait, which a test need not sit out. */
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    private final double nanosPerByte;
    private final LongSupplier clock;
    private final Pause pause;
    private long free;

    private Pace(long bytesPerSecond) {
        this(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    Pace(long bytesPerSecond, LongSupplier clock, Pause pause) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.clock = clock;
        this.pause = pause;
        this.free = clock.getAsLong();
    }

    /** That much in each second, more than nothing. */
    public static Pace of(ByteSize perSecond) {
        return new Pace(perSecond.bytes());
    }

    /** The same stream, written to at this pace. */
    public OutputStream limit(OutputStream stream) {
        return new Writing(stream);
    }

    /** The same stream, read at this pace. */
    public InputStream limit(InputStream stream) {
        return new Reading(stream);
    }

    /** Waits until what was sent before is within the limit. */
    void sending(int bytes) throws InterruptedIOException {
        try {
            pause.nanos(reserved(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The wait for the limit of the bandwidth was interrupted");
        }
    }

    private synchronized long reserved(int bytes) {
        long now = clock.getAsLong();
        free = Math.max(free, now);
        long wait = free - now;
        free += (long) (bytes * nanosPerByte);
        return wait;
    }

    private final class Writing extends FilterOutputStream {
        Writing(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int b) throws IOException {
            sending(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = 0; at < length; at += STEP) {
                int step = Math.min(STEP, length - at);
                sending(step);
                out.write(bytes, from + at, step);
            }
        }
    }

    private final class Reading extends FilterInputStream {
        Reading(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            sending(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, Math.min(length, STEP));
            sending(Math.max(read, 0));
            return read;
        }
    }
}
