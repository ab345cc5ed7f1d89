package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.DokployException;
import io.dokploy.spi.Json;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * What a place says of a backup's proof: an object beside its manifest, written when it has been proven and only then. The
 * manifest itself is never written again, so a crash costs at most the mark. It names the hashes of what was proven, so it
 * says nothing of other content.
 *
 * @param place open
 * @param json  the form of marks
 */
record ProofMark(BackupTarget.Store place, Json json) {

    private static final String NAME = "verified.json";
    private static final int LARGEST = 1 << 20;

    /**
     * What is in it.
     *
     * @param backup       that was proven
     * @param sha256       of its objects then
     * @param verification what proved it
     */
    record Content(BackupId backup, List<String> sha256, Verification verification) {}

    void write(Backup backup, Verification verification) throws IOException {
        BackupDraft.put(place, key(backup), json.write(new Content(backup.id(), hashes(backup), verification)));
    }

    /** Empty if it says nothing of that backup, or nothing that can be read. */
    Optional<Verification> read(Backup backup) throws IOException {
        if (backup.parts().isEmpty()) {
            return Optional.empty();
        }
        try (var stream = place.get(key(backup))) {
            var text = new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8);
            return Optional.of(json.read(text, Content.class))
                    .filter(content -> backup.id().equals(content.backup())
                            && hashes(backup).equals(content.sha256()))
                    .map(Content::verification);
        } catch (NoSuchFileException | DokployException e) {
            return Optional.empty();
        }
    }

    void remove(Backup backup) throws IOException {
        place.delete(key(backup));
    }

    private static String key(Backup backup) {
        return BackupDraft.beside(backup, NAME);
    }

    private static List<String> hashes(Backup backup) {
        return backup.parts().stream().map(Part::sha256).toList();
    }
}
