package io.dokploy.core.store;

import io.dokploy.api.OperationId;
import io.dokploy.api.OperationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tools of operations have said, in chunks of lines. A cursor is the number of lines before a point.
 * Thread-safe; one writer for each operation.
 */
public final class OutputLog {

    private static final int CHUNKS_AT_ONCE = 64;

    private final Database database;

    OutputLog(Database database) {
        this.database = database;
    }

    /** Adds lines; those of one operation come from one thread at a time. */
    public void append(OperationId operation, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        database.useTransaction(handle -> handle.createUpdate(
                        "INSERT INTO dokploy_output (operation_id, first_line, line_count, content)"
                                + " VALUES (:operation, :first, :count, :content)")
                .bind("operation", operation.value())
                .bind("first", size(operation))
                .bind("count", lines.size())
                .bind("content", String.join("\n", lines))
                .execute());
    }

    /** How many lines there are. */
    public long size(OperationId operation) {
        return database.inTransaction(handle -> handle.createQuery("SELECT first_line + line_count FROM dokploy_output"
                        + " WHERE operation_id = :operation ORDER BY first_line DESC FETCH FIRST 1 ROWS ONLY")
                .bind("operation", operation.value())
                .mapTo(long.class)
                .findOne()
                .orElse(0L));
    }

    /**
     * Lines after a point.
     *
     * @param complete whether the operation is over
     */
    public OperationLog.Page read(OperationId operation, long cursor, int limit, boolean complete) {
        List<Chunk> chunks = database.inTransaction(
                handle -> handle.createQuery("SELECT first_line, line_count, content FROM dokploy_output"
                                + " WHERE operation_id = :operation AND first_line + line_count > :cursor"
                                + " ORDER BY first_line FETCH FIRST :chunks ROWS ONLY")
                        .bind("operation", operation.value())
                        .bind("cursor", cursor)
                        .bind("chunks", CHUNKS_AT_ONCE)
                        .map((row, context) -> new Chunk(
                                row.getLong("first_line"), row.getInt("line_count"), row.getString("content")))
                        .list());
        var lines = new ArrayList<String>();
        long next = cursor;
        for (Chunk chunk : chunks) {
            String[] all = chunk.content().split("\n", -1);
            for (int i = (int) Math.max(0, cursor - chunk.first()); i < all.length && lines.size() < limit; i++) {
                lines.add(all[i]);
                next = chunk.first() + i + 1;
            }
        }
        boolean atEnd = chunks.size() < CHUNKS_AT_ONCE
                && (chunks.isEmpty() || next == chunks.get(chunks.size() - 1).end());
        return new OperationLog.Page(lines, next, complete && atEnd);
    }

    /** Forgets the output of operations that ended so long ago. */
    public int deleteOlderThan(java.time.Instant now, Duration age) {
        return database.inTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_output WHERE operation_id IN"
                        + " (SELECT id FROM dokploy_operation WHERE finished < :time)")
                .bind("time", Sql.time(now.minus(age)))
                .execute());
    }

    private record Chunk(long first, int count, String content) {
        long end() {
            return first + count;
        }
    }
}
