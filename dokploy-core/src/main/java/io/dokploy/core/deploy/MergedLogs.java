package io.dokploy.core.deploy;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The lines of several containers as they come, each container's in order. */
final class MergedLogs implements LogStream {

    private final List<LogStream> streams;
    /** Lines, and an empty one for each stream that has ended. */
    private final BlockingQueue<Optional<LogLine>> lines = new ArrayBlockingQueue<>(1024);

    private int open;
    private volatile boolean closed;
    private @Nullable LogLine next;

    static LogStream of(List<LogStream> streams) {
        return streams.size() == 1 ? streams.get(0) : new MergedLogs(streams);
    }

    private MergedLogs(List<LogStream> streams) {
        this.streams = List.copyOf(streams);
        this.open = streams.size();
        for (LogStream stream : this.streams) {
            var reader = new Thread(() -> read(stream), "dokploy-logs");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read(LogStream stream) {
        try {
            try (stream) {
                while (!closed && stream.hasNext()) {
                    lines.put(Optional.of(stream.next()));
                }
            } finally {
                lines.put(Optional.empty());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !closed && open > 0) {
                next = lines.take().orElse(null);
                open -= next == null ? 1 : 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next != null && !closed;
    }

    @Override
    public LogLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the logs have ended");
        }
        var line = next;
        next = null;
        if (line == null) {
            throw new NoSuchElementException("the logs were closed");
        }
        return line;
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(LogStream::close);
        // Room for a reader that waits to put a line, and an end for whoever waits for one.
        lines.clear();
        lines.offer(Optional.empty());
    }
}
