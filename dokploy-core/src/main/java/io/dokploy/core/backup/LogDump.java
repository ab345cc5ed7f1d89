package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.database.Database;
import io.dokploy.core.database.LogReceiver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stretch of a database's log, a segment each; whoever writes it keeps the right to. */
final class LogDump implements Dump {

    private final Database database;
    private final LogReceiver receiver;
    private final List<String> segments;
    private final LogSpan span;
    private final LogLease lease;

    /** @param segments that the receiver has, from the first to the last of {@code span} */
    LogDump(Database database, LogReceiver receiver, List<String> segments, LogSpan span, LogLease lease) {
        this.database = database;
        this.receiver = receiver;
        this.segments = List.copyOf(segments);
        this.span = span;
        this.lease = lease;
    }

    @Override
    public Source source() {
        return Source.of(Kind.LOG, database);
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        for (String segment : segments) {
            lease.renew();
            draft.write(segment, "wal", () -> receiver.read(segment));
        }
        return new Contents("", Map.of(), true, Optional.of(span));
    }
}
