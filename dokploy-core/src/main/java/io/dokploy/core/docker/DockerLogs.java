package io.dokploy.core.docker;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** The lines of one container's output. */
final class DockerLogs implements LogStream {

    private static final int LONGEST = 1 << 20;

    private final String container;
    private final EngineResponse response;
    private final Frames frames;
    private final Deque<LogLine> ready = new ArrayDeque<>();
    private final Map<LogLine.Stream, ByteArrayOutputStream> partial = new EnumMap<>(LogLine.Stream.class);
    private boolean ended;
    private volatile boolean closed;

    DockerLogs(String container, EngineResponse response) {
        this.container = container;
        this.response = response;
        this.frames = new Frames(response.body());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended && !closed) {
            try {
                var frame = frames.next();
                if (frame == null) {
                    ended = true;
                    partial.forEach(this::flush);
                } else {
                    add(frame);
                }
            } catch (IOException e) {
                ended = true;
                if (!closed) {
                    throw new UncheckedIOException("the output of " + container + " broke off", e);
                }
            }
        }
        return !ready.isEmpty() && !closed;
    }

    private void add(Frames.Frame frame) {
        var buffer = partial.computeIfAbsent(frame.stream(), stream -> new ByteArrayOutputStream());
        for (byte b : frame.bytes()) {
            if (b == '\n') {
                flush(frame.stream(), buffer);
            } else if (buffer.size() < LONGEST) {
                buffer.write(b);
            }
        }
    }

    private void flush(LogLine.Stream stream, ByteArrayOutputStream buffer) {
        if (buffer.size() == 0) {
            return;
        }
        var line = buffer.toString(StandardCharsets.UTF_8);
        buffer.reset();
        int space = line.indexOf(' ');
        var time = Instant.EPOCH;
        try {
            time = Instant.parse(space < 0 ? line : line.substring(0, space));
        } catch (DateTimeParseException e) {
            // A line without time: kept whole.
            space = -1;
        }
        var text = space < 0 ? "" : line.substring(space + 1);
        ready.add(new LogLine(
                time, container, stream, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
    }

    @Override
    public LogLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the output has ended");
        }
        return ready.remove();
    }

    @Override
    public void close() {
        closed = true;
        try {
            response.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
