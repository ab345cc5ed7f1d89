package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.FailedVerification;
import io.dokploy.api.backup.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries of a catalogue that lie nowhere. */
final class SampleBackups {

    private SampleBackups() {}

    static CataloguedBackup stored(String id, Instant began) {
        var part = new Part("data", "dokploy/i/p/e/db/" + id + "/data.sql", "sql", true, 100, 10, "00");
        return new CataloguedBackup(
                new Backup(
                        new BackupId(id),
                        Kind.DATABASE,
                        "i",
                        "p",
                        "e",
                        "db",
                        "postgres",
                        "17",
                        "17.1",
                        began,
                        Duration.ofSeconds(1),
                        List.of(part),
                        Map.of(),
                        true,
                        Optional.empty(),
                        Optional.of("nightly"),
                        Optional.empty()),
                "nas",
                Optional.empty(),
                Optional.empty());
    }

    static CataloguedBackup verified(String id, Instant began) {
        var stored = stored(id, began);
        return new CataloguedBackup(
                stored.backup(),
                stored.target(),
                Optional.of(new Verification(began, Duration.ZERO, "postgres:17", List.of())),
                Optional.empty());
    }

    static CataloguedBackup failed(String id, Instant began, boolean conclusive) {
        var stored = stored(id, began);
        return new CataloguedBackup(
                stored.backup(),
                stored.target(),
                Optional.empty(),
                Optional.of(new FailedVerification(began, "backup-damaged", "one bit is wrong", conclusive)));
    }
}
