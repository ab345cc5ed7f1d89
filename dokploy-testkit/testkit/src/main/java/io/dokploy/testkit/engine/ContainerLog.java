package io.dokploy.testkit.engine;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.CancelledException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The output of one container. Followers wait for real, they never move the time. Thread-safe. */
final class ContainerLog {

    private final List<LogLine> lines = new ArrayList<>();
    private boolean running;
    private boolean closed;

    synchronized void append(LogLine line) {
        lines.add(line);
        notifyAll();
    }

    /** Followers end when it does not run. */
    synchronized void running(boolean now) {
        running = now;
        notifyAll();
    }

    /** Ends all followers for good. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized LogStream open(Optional<Instant> since, Optional<Integer> tail, boolean follow) {
        int first = 0;
        while (since.isPresent()
                && first < lines.size()
                && lines.get(first).time().isBefore(since.get())) {
            first++;
        }
        if (tail.isPresent()) {
            first = Math.max(first, lines.size() - tail.get());
        }
        return new Reader(first, follow);
    }

    private final class Reader implements LogStream {
        private final boolean follow;
        private final int end;
        private int position;
        private boolean readerClosed;

        private Reader(int position, boolean follow) {
            this.position = position;
            this.follow = follow;
            this.end = lines.size();
        }

        @Override
        public boolean hasNext() {
            synchronized (ContainerLog.this) {
                while (follow && running && position == lines.size() && !readerClosed && !closed) {
                    try {
                        ContainerLog.this.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CancelledException(
                                "log", "reading it was interrupted", "Read again if it is still wanted.", e);
                    }
                }
                return !readerClosed && !closed && position < (follow ? lines.size() : end);
            }
        }

        @Override
        public LogLine next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the log has ended");
            }
            synchronized (ContainerLog.this) {
                return lines.get(position++);
            }
        }

        @Override
        public void close() {
            synchronized (ContainerLog.this) {
                readerClosed = true;
                ContainerLog.this.notifyAll();
            }
        }
    }
}
