package io.dokploy.core.backup;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes from a place what runs left that died and were never taken up again: uploads that nobody ends, objects of a
 * backup without its manifest, backups whose removal was broken off. Only what this store has made, and only what is too
 * old to be somebody's work.
 */
final class SweepTarget {

    /** An operation ends within 24 h, whatever becomes of it. */
    private static final Duration OLDER_THAN = Duration.ofHours(25);

    private static final Pattern BACKUP_FOLDER = Pattern.compile("(?:(?!bak_)[^/]+/)+(bak_[0-9A-Z]{26})/");
    private static final Pattern PROBE = Pattern.compile("(?:[^/]+/){2}test-bak_[0-9A-Z]{26}");
    private static final int MOST = 10_000;

    private final Platform platform;

    SweepTarget(Platform platform) {
        this.platform = platform;
    }

    /** @return how many things were removed */
    int run(OperationContext operation, String target, BackupTarget.Store place) throws IOException {
        var before = platform.pacing().now().minus(OLDER_THAN);
        var prefix = "dokploy/" + platform.store().instance() + "/";
        int removals = 0;
        for (var backup : platform.store().backups().removing(target)) {
            new RemoveBackup(platform).run(backup, place);
            removals++;
        }
        int uploads = place.abortUnfinished(prefix, before);
        var orphans = new Orphans(before);
        place.list(prefix, orphans::see);
        orphans.endFolder();
        for (String key : orphans.found) {
            operation.cancelToken().throwIfCancelled();
            place.delete(key);
        }
        if (uploads + orphans.found.size() > 0) {
            operation.emit(
                    EventType.BACKUP_TARGET_SWEPT,
                    Severity.INFO,
                    Tree.branch()
                            .put("target", target)
                            .put("uploads", uploads)
                            .put("objects", orphans.found)
                            .build());
        }
        return removals + uploads + orphans.found.size();
    }

    /** Objects come in the order of their keys, so those of one folder one after the other. */
    private final class Orphans {

        private final Instant before;
        private final List<String> found = new ArrayList<>();
        private final List<String> folder = new ArrayList<>();
        private String name = "";
        private boolean whole;
        private Instant newest = Instant.MIN;

        Orphans(Instant before) {
            this.before = before;
        }

        void see(StoredObject object) {
            if (PROBE.matcher(object.key()).matches() && object.modified().isBefore(before)) {
                add(object.key());
            }
            var matcher = BACKUP_FOLDER.matcher(object.key());
            var next = matcher.lookingAt() ? matcher.group() : "";
            if (!next.equals(name)) {
                endFolder();
                name = next;
            }
            if (!next.isEmpty()) {
                if (folder.size() < MOST) {
                    folder.add(object.key());
                }
                whole |= object.key().endsWith("/" + BackupDraft.MANIFEST);
                newest = object.modified().isAfter(newest) ? object.modified() : newest;
            }
        }

        void endFolder() {
            if (!folder.isEmpty() && !whole && newest.isBefore(before) && !isKnown()) {
                folder.forEach(this::add);
            }
            folder.clear();
            whole = false;
            newest = Instant.MIN;
        }

        /** The catalogue knows it, so the manifest was there once: somebody should look. */
        private boolean isKnown() {
            var matcher = BACKUP_FOLDER.matcher(name);
            return matcher.matches()
                    && platform.store()
                            .backups()
                            .findAlsoRemoving(new BackupId(matcher.group(1)))
                            .isPresent();
        }

        private void add(String key) {
            if (found.size() < MOST) {
                found.add(key);
            }
        }
    }
}
