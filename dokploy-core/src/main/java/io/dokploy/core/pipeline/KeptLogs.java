package io.dokploy.core.pipeline;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The lines that were kept of containers that are gone. */
final class KeptLogs implements LogStream {

    private final Iterator<LogLine> lines;

    KeptLogs(byte[] kept, LogQuery query) {
        var wanted = read(kept).stream()
                .filter(line ->
                        query.since().map(since -> !line.time().isBefore(since)).orElse(true))
                .toList();
        int skip = query.tail().map(tail -> Math.max(0, wanted.size() - tail)).orElse(0);
        this.lines = wanted.subList(skip, wanted.size()).iterator();
    }

    /** One line of text for each: time, container, stream, text. */
    static byte[] write(List<LogLine> lines) {
        var text = new StringBuilder();
        for (LogLine line : lines) {
            text.append(line.time()).append(' ').append(line.container()).append(' ');
            text.append(line.stream())
                    .append(' ')
                    .append(line.text().replace('\n', ' '))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The first line may have been cut off, since only the last bytes are kept; such a one is passed over. */
    private static List<LogLine> read(byte[] kept) {
        var lines = new ArrayList<LogLine>();
        new String(kept, StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split(" ", 4);
            try {
                if (parts.length == 4) {
                    lines.add(
                            new LogLine(Instant.parse(parts[0]), parts[1], LogLine.Stream.valueOf(parts[2]), parts[3]));
                }
            } catch (DateTimeParseException | IllegalArgumentException e) {
                if (!lines.isEmpty()) {
                    throw new IllegalStateException("kept output is not readable: " + line, e);
                }
            }
        });
        return lines;
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    @Override
    public LogLine next() {
        return lines.next();
    }

    @Override
    public void close() {}
}
