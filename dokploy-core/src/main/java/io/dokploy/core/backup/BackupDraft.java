package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.EngineSession;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.store.Ids;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The objects of a backup while they are written: parts, then the manifest, without which there is no backup. What is
 * closed without a manifest is taken back; not by an attempt that another one has taken over from, since that one writes the
 * same objects.
 */
final class BackupDraft implements AutoCloseable {

    static final String MANIFEST = "manifest.json";

    private final BackupId id;
    private final BackupTarget.Store place;
    private final PartWriter writer;
    private final Ownership ownership;
    private final String prefix;
    private final List<Part> parts = new ArrayList<>();
    private boolean ended;

    /** @param folders in which it lies, from the instance's on */
    BackupDraft(
            BackupId id,
            String instance,
            List<String> folders,
            BackupTarget.Store place,
            PartWriter writer,
            Ownership ownership) {
        this.id = id;
        this.place = place;
        this.writer = writer;
        this.ownership = ownership;
        this.prefix = folder(instance, folders) + id + "/";
    }

    /** What the keys of all backups of one source begin with. @param folders in which they lie, from the instance's on */
    static String folder(String instance, List<String> folders) {
        return "dokploy/" + instance + "/" + String.join("/", folders) + "/";
    }

    /** The same id in each attempt of an operation, so that what one left that died is written again and not left. */
    static BackupId id(OperationContext operation, Ids ids) {
        return operation
                .checkpoint()
                .flatMap(checkpoint -> checkpoint.text(BackupHandlers.BACKUP))
                .map(BackupId::new)
                .orElseGet(() -> {
                    var id = ids.newBackupId();
                    operation.saveCheckpoint(
                            Tree.branch().put(BackupHandlers.BACKUP, id.value()).build());
                    return id;
                });
    }

    BackupId id() {
        return id;
    }

    /** Writes a part that a tool of the database's engine dumps. */
    void write(DatabaseServer server, DumpPart part) throws IOException {
        write(part, "", writer.output(() -> server.reading(part.command())));
    }

    /** Writes what is left of a part that a tool has dumped. @param ending of its format */
    void write(DumpPart part, String ending, PartContent content) throws IOException {
        boolean compress = part.compression() == Compression.NONE;
        var written = writer.write(prefix, part.name(), part.format() + ending, compress, content);
        parts.add(written.holding(part.database()));
    }

    /** Writes all that a command writes, compressed. */
    void write(String name, String format, Supplier<EngineSession> command) throws IOException {
        write(name, format, writer.output(command));
    }

    /** Writes a part, compressed. */
    void write(String name, String format, PartContent content) throws IOException {
        parts.add(writer.write(prefix, name, format, true, content));
    }

    /** Writes a part that is not worth to be compressed. */
    void writeAsIs(String name, String format, PartContent content) throws IOException {
        parts.add(writer.write(prefix, name, format, false, content));
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Writes the manifest: from now on it is a backup. */
    void end(String manifest) throws IOException {
        ownership.require();
        put(place, prefix + MANIFEST, manifest);
        ended = true;
    }

    /** Writes a small object. */
    static void put(BackupTarget.Store place, String key, String content) throws IOException {
        try (var upload = place.put(key)) {
            try (var stream = upload.stream()) {
                stream.write(content.getBytes(StandardCharsets.UTF_8));
            }
            upload.commit();
        }
    }

    /** The key of an object beside those of a backup that has any. */
    static String beside(Backup backup, String name) {
        var key = backup.parts().get(0).key();
        return key.substring(0, key.lastIndexOf('/') + 1) + name;
    }

    @Override
    public void close() throws IOException {
        if (!ended && !ownership.isLost()) {
            for (Part part : parts) {
                place.delete(part.key());
            }
        }
    }
}
