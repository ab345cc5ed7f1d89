package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.NewDatabase;
import io.dokploy.core.database.NextGeneration;
import io.dokploy.core.database.ServerDatabases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces the data of a database: the backup is restored into its next generation and compared, before that takes over. */
final class RestoreBackup {

    private final BackupKeys keys;

    RestoreBackup(BackupKeys keys) {
        this.keys = keys;
    }

    /** @param safety the place of a backup of what is there now; empty: there is none */
    Database run(DatabaseJob job, Backup backup, String target, Optional<String> safety) {
        requireFit(job, backup, target);
        new RoomCheck(job.platform()).require(backup, job.database().spec().resources(), job.subject());
        return NextGeneration.of(job).takeOver(aside -> {
            TakeBackup.forSafety(job, keys, safety);
            sayWhatGoes(job, backup);
            restore(job, backup, target, aside);
        });
    }

    private static void sayWhatGoes(DatabaseJob job, Backup backup) {
        var going = new ArrayList<>(ServerDatabases.furtherServed(job));
        going.removeAll(further(backup));
        if (!going.isEmpty()) {
            job.say("Not in backup " + backup.id() + ", so not there when it is restored: "
                    + ServerDatabases.shown(going));
        }
    }

    private static List<String> further(Backup backup) {
        return backup.parts().stream().flatMap(part -> part.database().stream()).toList();
    }

    /** For a database that the store has and that has never run. If it fails the store has it no more. */
    Database runAsNew(DatabaseJob job, Backup backup, String target) {
        return NewDatabase.filledOrNothing(job, () -> run(job, backup, target, Optional.empty()));
    }

    /** All that can be known before anything is made: what it is, its versions, its objects and its key. */
    private void requireFit(DatabaseJob job, Backup backup, String target) {
        var database = job.database();
        if (backup.kind() == Kind.BASE || backup.kind() == Kind.LOG) {
            throw refused(
                    "not-a-dump",
                    job,
                    "backup " + backup.id() + " is no dump: with others it brings the database to a moment",
                    "Use pointInTime().restore with a moment.");
        }
        if (backup.kind() != Kind.DATABASE || !backup.engine().equals(database.engine())) {
            throw refused(
                    "wrong-engine",
                    job,
                    "backup " + backup.id() + " is of " + backup.engine() + ", and this database is "
                            + database.engine(),
                    "Restore it into a database of the same engine.");
        }
        if (major(backup.engineVersion()) > major(database.engineVersion())) {
            throw refused(
                    "newer-version",
                    job,
                    "backup " + backup.id() + " is of version " + backup.engineVersion()
                            + ", and this database of the older " + database.engineVersion(),
                    "Restore it into a database of version " + backup.engineVersion() + " or newer.");
        }
        if (further(backup).contains(job.login().database())) {
            throw refused(
                    "further-database",
                    job,
                    "backup " + backup.id() + " holds a further database of the name "
                            + job.login().database() + ", which is that of this spec",
                    "Restore it into a database whose spec names another one.");
        }
        try (var place = Place.open(job.platform(), target, job.context())) {
            BackupJob.of(job, keys).reader(backup, place).requireAll();
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }

    /** The first number of a version; a tag without one is taken for any. */
    private static int major(String version) {
        var digits = version.replaceAll("^(\\d{1,6})?.*", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static UserErrorException refused(String code, DatabaseJob job, String reason, String remedy) {
        return new UserErrorException(Failure.user(code, job.subject(), reason, remedy));
    }

    private void restore(DatabaseJob job, Backup backup, String target, DatabaseServer aside) {
        job.operation().step("provision");
        try (var place = Place.open(job.platform(), target, job.context())) {
            var spec = job.provision(aside);
            new RestoreParts(BackupJob.of(job, keys), backup, place)
                    .into(aside, job.plugin(), spec, job.login())
                    .forEach(job::say);
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }
}
