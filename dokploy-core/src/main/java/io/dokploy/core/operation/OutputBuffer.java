package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.store.OutputLog;
import io.dokploy.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects lines and writes them in batches: when there are enough, and when {@link #flush()} is called from time to
 * time. Whoever writes faster than the store waits, so memory stays bounded. Thread-safe.
 */
final class OutputBuffer implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(OutputBuffer.class);

    private static final int BATCH_CHARS = 64 << 10;
    private static final int LONGEST_LINE = 16 << 10;
    private static final long LIMIT_CHARS = 32L << 20;

    private final OutputLog log;
    private final OperationId operation;
    private final Masking masking;
    private final List<String> lines = new ArrayList<>();
    private int size;
    private long total;

    OutputBuffer(OutputLog log, OperationId operation, Masking masking) {
        this.log = log;
        this.operation = operation;
        this.masking = masking;
    }

    @Override
    public void line(String text) {
        // Masked before it is split and cut: half a secret would not be known any more.
        String masked = masking.mask(text);
        synchronized (this) {
            masked.lines().forEach(this::add);
            if (masked.isEmpty()) {
                add("");
            }
            if (size >= BATCH_CHARS) {
                write();
            }
        }
    }

    /** Writes what there is; what the store does not take now is tried again the next time. */
    synchronized void flush() {
        try {
            write();
        } catch (DokployException e) {
            LOG.warn("Output of {} cannot be written now: {}", operation, e.getMessage());
        }
    }

    private void add(String line) {
        if (total > LIMIT_CHARS) {
            return;
        }
        String cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        // PostgreSQL cannot keep a NUL.
        cut = cut.replace('\0', '\uFFFD');
        total += cut.length() + 1;
        size += cut.length() + 1;
        lines.add(total > LIMIT_CHARS ? "… (there is more output than is kept)" : cut);
    }

    private void write() {
        log.append(operation, lines);
        lines.clear();
        size = 0;
    }
}
