package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.database.Counts;
import io.dokploy.core.store.StoreRestore;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Makes a store of a backup of one. Needs the place and the backup key, and no running Dokploy. */
public final class StoreFromBackup {

    private static final int KEYS_AT_MOST = 4096;

    private final BackupTarget.Store place;
    private final BackupKeys keys;
    private final CancelToken cancelToken;

    /** Reads from that place. */
    public StoreFromBackup(BackupTarget.Store place, BackupKeys keys, CancelToken cancelToken) {
        this.place = place;
        this.keys = keys;
        this.cancelToken = cancelToken;
    }

    /** Makes an embedded store in a directory without one; nothing of it is seen before all is there and checked. */
    public void into(Backup backup, Path directory) throws IOException {
        var restore = new StoreRestore(masterKeys(backup));
        var draft = StoreRestore.draft(directory);
        try {
            rows(backup, rows -> restore.into(draft, backup.engineVersion(), rows));
            StoreRestore.publish(draft, directory);
        } finally {
            StoreRestore.remove(draft);
        }
    }

    /**
     * Makes a store in a database without one. The backup is read twice: checked, then taken.
     *
     * @param given must have the keys of the backup
     */
    public void into(Backup backup, DataSource dataSource, KeyProvider given) throws IOException {
        var restore = new StoreRestore(masterKeys(backup));
        reader(backup).read(part(backup, StoreDump.ROWS), rows -> {});
        rows(backup, rows -> restore.into(dataSource, given, backup.engineVersion(), rows));
    }

    /** Makes one in a directory that is thrown away later. @return what was compared, one line each */
    public List<String> prove(Backup backup, Path scratch) throws IOException {
        var restore = new StoreRestore(masterKeys(backup));
        var counts = rows(backup, rows -> restore.into(scratch, backup.engineVersion(), rows));
        var checks = new ArrayList<String>();
        for (Part part : backup.parts()) {
            checks.add(part.name() + ": " + part.stored() + " bytes with the SHA-256 " + part.sha256());
        }
        checks.add(Counts.inWords(counts) + ", opened with the key in the backup");
        return checks;
    }

    /** The keys that the store's values are encrypted with, the one in use first. */
    public List<MasterKey> masterKeys(Backup backup) throws IOException {
        if (backup.kind() != Kind.STORE) {
            throw new UserErrorException(Failure.user(
                    "wrong-kind", "backup " + backup.id(), "it is no backup of a store", "Choose one of a store."));
        }
        var found = new ArrayList<MasterKey>();
        reader(backup)
                .read(
                        part(backup, StoreDump.KEYS),
                        content -> new String(content.readNBytes(KEYS_AT_MOST), StandardCharsets.US_ASCII)
                                .lines()
                                .map(MasterKey::ofBase64)
                                .forEach(found::add));
        if (found.isEmpty()) {
            throw damaged(backup, "it holds no key");
        }
        return found;
    }

    private Map<String, Long> rows(Backup backup, RowsTaker taker) throws IOException {
        var counts = new java.util.TreeMap<String, Long>();
        reader(backup).read(part(backup, StoreDump.ROWS), content -> counts.putAll(taker.take(content)));
        var differences = Counts.differences(backup.counts(), counts);
        if (!differences.isEmpty()) {
            throw new BackupNotVerifiedException(
                    "backup " + backup.id(),
                    "what was restored is not what was dumped: " + String.join("; ", differences),
                    "Take another backup; if that has the same fault, report it.");
        }
        return counts;
    }

    private PartReader reader(Backup backup) {
        return new PartReader(backup, place, keys, cancelToken, Progress.none());
    }

    private static Part part(Backup backup, String name) {
        return backup.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> damaged(backup, "its manifest names no part " + name));
    }

    private static BackupDamagedException damaged(Backup backup, String reason) {
        return new BackupDamagedException("backup " + backup.id(), reason, "Use another backup.");
    }

    private interface RowsTaker {
        Map<String, Long> take(InputStream rows) throws IOException;
    }
}
