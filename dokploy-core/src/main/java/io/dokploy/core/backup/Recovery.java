package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.backup.RecoveryChain.Segment;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Brings a base and its log into a server that has just been made, and lets it recover. */
final class Recovery {

    static final String OTHER_LOGIN = "other-login";

    private final BackupJob job;
    private final BackupTarget.Store place;

    Recovery(BackupJob job, BackupTarget.Store place) {
        this.job = job;
        this.place = place;
    }

    /**
     * Starts it with base and log.
     *
     * @param server made to recover, and never started
     * @return what was found, one line each
     */
    List<String> into(DatabaseServer server, RecoveryChain chain, ArchivesLog plugin, Login login, Duration readyWithin)
            throws IOException {
        job.operation().step("restore");
        var base = chain.base();
        var folder = plugin.baseFolder(base.engineVersion());
        for (Part part : base.parts()) {
            read(base, part, tar -> server.unpack(folder, tar));
        }
        long bytes = base.parts().stream().mapToLong(Part::dumped).sum();
        for (Segment segment : chain.segments()) {
            var part = segment.part();
            var path = folder + "/" + plugin.logFolder() + "/" + part.name();
            read(segment.log(), part, content -> server.put(path, part.dumped(), content));
            bytes += part.dumped();
        }
        job.operation().step("recover");
        server.startReading(bytes, readyWithin);
        requireLogin(server, base, plugin, login);
        job.operation().step("compare");
        var counts = Counts.parse(server.ask(plugin.counts(login)));
        return List.of(
                "base " + base.id() + " with " + chain.segments().size() + " segments of log, each with its SHA-256",
                Counts.inWords(counts) + ", all of them read");
    }

    private static void requireLogin(DatabaseServer server, Backup base, ArchivesLog plugin, Login login) {
        if (!server.succeeds(plugin.serverVersion(login))) {
            throw new UserErrorException(Failure.user(
                    OTHER_LOGIN,
                    "base " + base.id(),
                    "the server that came of it has no user " + login.user() + ", or no database " + login.database(),
                    "Name in the spec the user and the first database that " + base.name() + " had at that moment."));
        }
    }

    private void read(Backup backup, Part part, PartReader.ContentReader content) throws IOException {
        job.reader(backup, place).read(part, content);
    }
}
