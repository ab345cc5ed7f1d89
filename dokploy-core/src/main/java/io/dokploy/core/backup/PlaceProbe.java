package io.dokploy.core.backup;

import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** Finds out whether a place does all that backups need: writes, reads, lists and deletes a small object. */
public final class PlaceProbe {

    private final Platform platform;

    /** Tests with what this platform has. */
    public PlaceProbe(Platform platform) {
        this.platform = platform;
    }

    /**
     * Does it.
     *
     * @throws io.dokploy.api.error.DokployException with the first thing that does not work
     */
    public void run(String target) {
        var key = "dokploy/" + platform.store().instance() + "/test-"
                + platform.store().ids().newBackupId().value();
        try (var context = platform.contexts().quiet();
                var place = Place.open(platform, target, context)) {
            var content = "written to test this place".getBytes(StandardCharsets.US_ASCII);
            step("writing", () -> write(place, key, content));
            step("reading", () -> {
                try (var stream = place.get(key)) {
                    require(
                            java.util.Arrays.equals(content, stream.readAllBytes()),
                            "what is read is not what was written");
                }
            });
            step("listing", () -> {
                var found = new ArrayList<String>();
                place.list(key, object -> found.add(object.key()));
                require(found.contains(key), "what was written is not in the list");
            });
            step("deleting", () -> {
                place.delete(key);
                require(place.find(key).isEmpty(), "what was deleted is still there");
            });
        } catch (IOException e) {
            throw Place.failed(target, "backup target " + target, e);
        }
    }

    private static void write(BackupTarget.Store place, String key, byte[] content) throws IOException {
        try (var upload = place.put(key)) {
            try (var stream = upload.stream()) {
                stream.write(content);
            }
            upload.commit();
        }
    }

    private static void step(String name, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException(name + " does not work: " + e.getMessage(), e);
        }
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
