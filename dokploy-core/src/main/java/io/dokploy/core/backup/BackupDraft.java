package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.store.Ids;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of a backup while they are written: parts, then the manifest, without which there is no backup. What is
 * closed without a manifest is taken back.
 */
final class BackupDraft implements AutoCloseable {

    static final String MANIFEST = "manifest.json";

    private final BackupTarget.Store place;
    private final String prefix;
    private final List<Part> parts = new ArrayList<>();
    private boolean ended;

    /** @param names of the folders in which it lies, from the instance's on */
    BackupDraft(BackupTarget.Store place, String... names) {
        this.place = place;
        this.prefix = "dokploy/" + String.join("/", names) + "/";
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

    /** How the keys of its objects begin. */
    String prefix() {
        return prefix;
    }

    void add(Part part) {
        parts.add(part);
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Writes the manifest: from now on it is a backup. */
    void end(String manifest) throws IOException {
        try (var upload = place.put(prefix + MANIFEST)) {
            try (var stream = upload.stream()) {
                stream.write(manifest.getBytes(StandardCharsets.UTF_8));
            }
            upload.commit();
        }
        ended = true;
    }

    /** The key of a backup's manifest, if it has any part. */
    static String manifestOf(Backup backup) {
        var key = backup.parts().get(0).key();
        return key.substring(0, key.lastIndexOf('/') + 1) + MANIFEST;
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            for (Part part : parts) {
                place.delete(part.key());
            }
        }
    }
}
