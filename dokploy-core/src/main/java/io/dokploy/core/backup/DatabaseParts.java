package io.dokploy.core.backup;

import io.dokploy.api.value.ByteSize;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.DumpFolder;
import io.dokploy.core.database.ServerDatabases;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.Login;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dumps the parts of a server's databases: as streams from where it serves, or, what is large and of an engine whose tools can
 * do that, by several connections into a folder beside it.
 */
final class DatabaseParts implements AutoCloseable {

    private final DatabaseJob job;
    private final BackupDraft draft;
    private final Map<Optional<String>, Integer> jobs;
    private final Optional<DumpFolder> folder;
    private final List<FolderPart> dumped = new ArrayList<>();

    private DatabaseParts(
            DatabaseJob job, BackupDraft draft, Map<Optional<String>, Integer> jobs, Optional<DumpFolder> folder) {
        this.job = job;
        this.draft = draft;
        this.jobs = jobs;
        this.folder = folder;
    }

    /** @param further names of the databases beside the one of the spec */
    static DatabaseParts of(DatabaseJob job, List<String> further, BackupDraft draft) {
        var jobs = job.plugin() instanceof DumpsInParallel parallel
                ? jobs(job, parallel, further)
                : Map.<Optional<String>, Integer>of();
        return new DatabaseParts(
                job,
                draft,
                jobs,
                jobs.isEmpty() ? Optional.empty() : Optional.of(DumpFolder.beside(job.serving(), job.context())));
    }

    /** By further database, empty for the one of the spec; those that more than one connection dumps. */
    private static Map<Optional<String>, Integer> jobs(DatabaseJob job, DumpsInParallel plugin, List<String> further) {
        var engine = job.platform().engine();
        int processors = engine.processors().orElse(1);
        var names = new ArrayList<Optional<String>>(List.of(Optional.empty()));
        further.forEach(name -> names.add(Optional.of(name)));
        var jobs = new HashMap<Optional<String>, Integer>();
        long largest = 0;
        for (var name : names) {
            var login = name.map(job.login()::in).orElse(job.login());
            long bytes = Long.parseLong(job.serving().ask(plugin.size(login)).strip());
            int many = plugin.jobs(job.database().spec(), bytes, processors);
            if (many > 1) {
                jobs.put(name, many);
                largest = Math.max(largest, bytes);
            }
        }
        if (!jobs.isEmpty() && !new RoomCheck(job.platform()).hasRoom(largest)) {
            job.say("Dumped as a stream: the engine's disk has no room for a scratch volume of "
                    + new ByteSize(largest));
            return Map.of();
        }
        jobs.forEach((name, many) -> job.say("Dumped by " + many + " connections at once: "
                + ServerDatabases.shown(name.orElse(job.login().database()))));
        return jobs;
    }

    /** In which the tools run. */
    DatabaseServer server() {
        return folder.map(DumpFolder::tools).orElseGet(job::serving);
    }

    /** With which they are there. */
    Login login() {
        return folder.map(there -> there.login(job.login())).orElse(job.login());
    }

    /** Dumps a part; one that is a stream is stored then. */
    void dump(DumpPart part) throws IOException {
        var inFolder = folder.flatMap(there -> inFolder(part, there));
        if (inFolder.isPresent()) {
            inFolder.get().dump(job.context().cancelToken());
            dumped.add(inFolder.get());
        } else {
            draft.write(server(), part);
        }
    }

    private Optional<FolderPart> inFolder(DumpPart part, DumpFolder there) {
        var many = Optional.ofNullable(jobs.get(part.database()));
        return many.flatMap(
                        number -> ((DumpsInParallel) job.plugin()).intoFolder(part, there.path(part.name()), number))
                .map(parallel -> new FolderPart(parallel, there));
    }

    /** Stores what lies in the folder. */
    void store() throws IOException {
        for (FolderPart part : dumped) {
            part.store(draft, job.context().cancelToken());
        }
        dumped.clear();
    }

    @Override
    public void close() {
        folder.ifPresent(DumpFolder::close);
    }
}
