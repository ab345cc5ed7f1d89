package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.DumpFolder;
import io.dokploy.core.database.ServerDatabases;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings the parts of a backup into a database that has just been made, and compares what is there then. */
final class RestoreParts {

    /** More connections would only wait for each other. */
    private static final int MOST_JOBS = 8;

    private final BackupJob job;
    private final Backup backup;
    private final BackupTarget.Store place;

    RestoreParts(BackupJob job, Backup backup, BackupTarget.Store place) {
        this.job = job;
        this.backup = backup;
        this.place = place;
    }

    /**
     * Starts the database, with the parts before that or after it.
     *
     * @param server made, and never started
     * @return what was compared, one line each
     */
    List<String> into(DatabaseServer server, DatabaseProvisioner plugin, DatabaseSpec spec, Login login)
            throws IOException {
        var operation = job.operation();
        var reader = job.reader(backup, place);
        if (plugin instanceof SeededBeforeStart seeded) {
            operation.step("restore");
            for (Part part : backup.parts()) {
                var seed = seeded.seed(part.name(), spec);
                reader.read(part, content -> server.seed(seed, part.dumped(), content));
            }
            long bytes = backup.parts().stream().mapToLong(Part::dumped).sum();
            server.startReading(bytes, spec.readyWithin());
        } else {
            server.start(spec.readyWithin());
            operation.step("restore");
            for (Part part : backup.parts()) {
                if (FolderPart.is(part) && plugin instanceof DumpsInParallel parallel) {
                    restoreFolder(part, server, parallel, login);
                } else {
                    try (var tool = server.feeding(plugin.restore(part.name(), backup.engineVersion(), login))) {
                        reader.feed(part, tool);
                    }
                }
            }
        }
        operation.step("compare");
        var checks = new ArrayList<String>();
        for (Part part : backup.parts()) {
            checks.add(part.name()
                    + part.database()
                            .map(name -> " (" + ServerDatabases.shown(name) + ")")
                            .orElse("")
                    + ": " + part.stored() + " bytes with the SHA-256 " + part.sha256());
        }
        checks.add(compare(server, plugin, spec, login));
        return checks;
    }

    /** All of it is there, with the right hash, before the tool begins. */
    private void restoreFolder(Part part, DatabaseServer server, DumpsInParallel plugin, Login login)
            throws IOException {
        int jobs = Math.min(job.platform().engine().processors().orElse(1), MOST_JOBS);
        try (var folder = DumpFolder.beside(server, job.context())) {
            job.reader(backup, place).read(part, folder::write);
            var command = plugin.restoreFolder(
                    part.name(), backup.engineVersion(), folder.login(login), folder.path(part.name()), jobs);
            FolderPart.run(folder, command, job.context().cancelToken());
        }
    }

    private String compare(DatabaseServer server, DatabaseProvisioner plugin, DatabaseSpec spec, Login login) {
        var found = new ServerDatabases(server, plugin, spec, login).counts();
        var differences = Counts.differences(backup.counts(), found);
        if (backup.countsExact() && !differences.isEmpty()) {
            throw new BackupNotVerifiedException(
                    "backup " + backup.id(),
                    "what was restored is not what was dumped: " + String.join("; ", differences),
                    "Take another backup; if that has the same fault, report it.");
        }
        return Counts.inWords(found) + ", "
                + (backup.countsExact()
                        ? "as when it was dumped"
                        : "about as when it was dumped, while it was written to");
    }
}
