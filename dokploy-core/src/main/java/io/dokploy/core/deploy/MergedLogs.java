package io.dokploy.core.deploy;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The lines of several containers as they come, each container's in order. */
final class MergedLogs implements LogStream {

    private final List<LogStream> streams;
    private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(1024);
    private final AtomicInteger open;
    private volatile boolean closed;
    private @Nullable LogLine next;

    static LogStream of(List<LogStream> streams) {
        return streams.size() == 1 ? streams.get(0) : new MergedLogs(streams);
    }

    private MergedLogs(List<LogStream> streams) {
        this.streams = List.copyOf(streams);
        this.open = new AtomicInteger(streams.size());
        for (LogStream stream : this.streams) {
            var reader = new Thread(() -> read(stream), "dokploy-logs");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void read(LogStream stream) {
        try (stream) {
            while (!closed && stream.hasNext()) {
                lines.put(stream.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !closed) {
                boolean last = open.get() == 0;
                next = lines.poll(100, TimeUnit.MILLISECONDS);
                if (next == null && last) {
                    return false;
                }
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
        lines.clear();
    }
}
