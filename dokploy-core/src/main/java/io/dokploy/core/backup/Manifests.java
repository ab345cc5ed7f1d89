package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.error.DokployException;
import io.dokploy.spi.Json;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The manifests in a place, by which it explains itself.
 *
 * @param place open
 * @param json  the form of manifests
 */
public record Manifests(BackupTarget.Store place, Json json) {

    /** Larger than any manifest: what is larger is none. */
    private static final int LARGEST = 16 << 20;

    /** Reads all; {@code unreadable} is told the key of what is none, and why. */
    public List<Backup> read(BiConsumer<String, DokployException> unreadable) throws IOException {
        var keys = new ArrayList<String>();
        place.list("dokploy/", object -> {
            if (object.key().endsWith("/" + BackupDraft.MANIFEST)) {
                keys.add(object.key());
            }
        });
        var backups = new ArrayList<Backup>();
        for (String key : keys) {
            try (var stream = place.get(key)) {
                backups.add(json.read(new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8), Backup.class));
            } catch (DokployException e) {
                unreadable.accept(key, e);
            }
        }
        return backups;
    }
}
