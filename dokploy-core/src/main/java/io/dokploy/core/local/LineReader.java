package io.dokploy.core.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Cuts a program's output into masked lines of bounded length. A carriage return ends a line too, since progress bars
 * know no other. Much more of a line is read and masked than is passed on, so that no secret is cut in two and shown.
 */
final class LineReader {

    private static final int READ_LIMIT = 1 << 16;
    private static final int SHOWN_LIMIT = 1 << 14;

    private final UnaryOperator<String> mask;
    private final Consumer<String> output;
    private final StringBuilder line = new StringBuilder();
    private long dropped;
    private boolean stopped;

    LineReader(UnaryOperator<String> mask, Consumer<String> output) {
        this.mask = mask;
        this.output = output;
    }

    /** Reads to the end of the stream. */
    void readAll(InputStream stream) throws IOException {
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
        char[] buffer = new char[8192];
        boolean afterReturn = false;
        for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
            for (int i = 0; i < count; i++) {
                char c = buffer[i];
                if (c == '\r' || c == '\n' && !afterReturn) {
                    endLine();
                } else if (c != '\n') {
                    add(c);
                }
                afterReturn = c == '\r';
            }
        }
        if (!line.isEmpty()) {
            endLine();
        }
    }

    /** No line is passed on after this returns. */
    synchronized void stop() {
        stopped = true;
    }

    private synchronized void pass(String text) {
        if (!stopped) {
            output.accept(text);
        }
    }

    private void add(char c) {
        if (line.length() < READ_LIMIT) {
            line.append(c);
        } else {
            dropped++;
        }
    }

    private void endLine() {
        String masked = mask.apply(line.toString());
        long cut = dropped + Math.max(0, masked.length() - SHOWN_LIMIT);
        pass(
                cut == 0
                        ? masked
                        : masked.substring(0, Math.min(SHOWN_LIMIT, masked.length())) + "… (" + cut
                                + " more characters)");
        line.setLength(0);
        dropped = 0;
    }
}
