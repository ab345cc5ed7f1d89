package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.concurrent.DaemonTimer;
import io.dokploy.spi.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says from time to time how much of a part was read, and for whom it waits: what takes hours is seen to go on, and what
 * stands still says where. Its own thread ends when it is closed.
 */
final class Whereabouts implements AutoCloseable {

    /** For whom reading a part waits. */
    enum Waiting {
        FOR_THE_PLACE("waits for the place of the backup"),
        FOR_THE_TOOL("waits for the tool of the database to take more"),
        FOR_THE_END("waits for the tool of the database to end");

        private final String words;

        Waiting(String words) {
            this.words = words;
        }
    }

    private static final Duration USUAL = Duration.ofMinutes(1);

    private final Part part;
    private final Progress progress;
    private final ScheduledExecutorService timer;
    private volatile long bytes;
    private volatile Waiting waiting = Waiting.FOR_THE_PLACE;

    Whereabouts(Part part, Progress progress) {
        this(part, progress, USUAL);
    }

    Whereabouts(Part part, Progress progress, Duration interval) {
        this.part = part;
        this.progress = progress;
        this.timer = DaemonTimer.of("dokploy-whereabouts", 1);
        timer.scheduleAtFixedRate(this::say, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The content of the part, which notes for whom whoever reads it waits. */
    InputStream of(InputStream content, Counted counted) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                are(Waiting.FOR_THE_PLACE, counted.bytes());
                int count = in.read(buffer, offset, length);
                are(Waiting.FOR_THE_TOOL, counted.bytes());
                return count;
            }
        };
    }

    void are(Waiting now, long bytesRead) {
        bytes = bytesRead;
        waiting = now;
    }

    private void say() {
        progress.line("Restoring " + part.name() + ": " + new ByteSize(bytes) + " of " + new ByteSize(part.stored())
                + " were read; it " + waiting.words);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
