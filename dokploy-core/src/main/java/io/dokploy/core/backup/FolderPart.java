package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Part;
import io.dokploy.core.database.DumpFolder;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.EngineCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A part of a dump that is a folder, since several connections write it at once.
 *
 * @param part   whose command writes it
 * @param folder in which it is
 */
record FolderPart(DumpPart part, DumpFolder folder) {

    /** What it is stored as. */
    private static final String TAR = ".tar";

    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    /** Whether that part of a backup is one. */
    static boolean is(Part part) {
        return part.format().endsWith(TAR);
    }

    void dump(CancelToken cancelToken) throws IOException {
        run(folder, part.command(), cancelToken);
    }

    /** Stores what was dumped, and makes room for the next one. */
    void store(BackupDraft draft, CancelToken cancelToken) throws IOException {
        draft.write(part, TAR, stream -> {
            try (var tar = folder.read(part.name())) {
                PartContent.copy(tar, stream, cancelToken);
            }
        });
        run(folder, EngineCommand.of("rm", "-r", folder.path(part.name())), cancelToken);
    }

    /** Runs a command that works at the folder, and waits for its end. */
    static void run(DumpFolder folder, EngineCommand command, CancelToken cancelToken) throws IOException {
        try (var session = folder.tools().reading(command);
                var cancelled = cancelToken.onCancel(session::close)) {
            session.output().transferTo(OutputStream.nullOutputStream());
            cancelToken.throwIfCancelled();
            session.requireSuccess(LAST_WORDS);
        }
    }
}
