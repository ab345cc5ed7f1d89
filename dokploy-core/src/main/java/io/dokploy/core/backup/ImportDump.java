package io.dokploy.core.backup;

import io.dokploy.api.database.Database;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.NextGeneration;
import io.dokploy.core.database.ServerDatabases;
import io.dokploy.spi.database.HasRoles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the data of a database by a dump that somebody else has made: read into its next generation, which takes over when
 * all of it is there.
 */
final class ImportDump {

    private final DatabaseJob job;
    private final BackupKeys keys;
    private final String target;
    private final String key;

    /** @param key of the dump in the place {@code target} */
    ImportDump(DatabaseJob job, BackupKeys keys, String target, String key) {
        this.job = job;
        this.keys = keys;
        this.target = target;
        this.key = key;
    }

    /**
     * Does it.
     *
     * @param safety the place of a backup of what is there now; empty: there is none
     * @param roles  that are made before it is read
     */
    Database run(Optional<String> safety, List<String> roles) {
        requireFit();
        return NextGeneration.of(job).takeOver(aside -> {
            TakeBackup.forSafety(job, keys, safety);
            load(aside, roles);
        });
    }

    /** All that can be known before anything is made: that it is there, what it is, and whether there is room. */
    private void requireFit() {
        requireAlone();
        withDump(dump -> {
            job.readDump(
                    dump.beginning(), "the object " + key + " of the place \"" + target + "\": " + dump.described());
            new RoomCheck(job.platform())
                    .requirePacked(
                            "the dump " + key,
                            dump.size(),
                            job.database().spec().resources(),
                            job.subject());
        });
    }

    /** A dump is of one database, and takes the place of all that is in the server. */
    private void requireAlone() {
        var further = ServerDatabases.furtherServed(job);
        if (!further.isEmpty()) {
            throw new UserErrorException(Failure.user(
                    "further-databases",
                    job.subject(),
                    "its server has further databases, which would be gone: " + ServerDatabases.shown(further),
                    "Import the dump into a new database, or drop them before; a backup holds them."));
        }
    }

    private void load(DatabaseServer aside, List<String> roles) {
        job.operation().step("provision");
        aside.start(job.provision(aside).readyWithin());
        job.operation().step("import");
        for (String role : roles) {
            aside.ask(Capability.of(HasRoles.class, job.known()).createRole(job.login(), role));
        }
        withDump(dump -> {
            try (var tool = aside.feeding(job.readDump(dump.beginning(), key))) {
                dump.feed(tool);
            } catch (UserErrorException e) {
                throw explained(e);
            }
        });
        job.operation().step("count");
        job.say("Read from " + key + ": "
                + Counts.inWords(Counts.parse(aside.ask(job.plugin().counts(job.login())))));
    }

    private UserErrorException explained(UserErrorException e) {
        var missing = job.plugin() instanceof HasRoles named
                ? named.missingRole(e.failure().reason())
                : Optional.<String>empty();
        return missing.map(role -> new UserErrorException(
                        Failure.user(
                                "role-missing",
                                job.subject(),
                                "the dump " + key + " names the role \"" + role + "\", which is not there; nothing has"
                                        + " changed:\n" + e.failure().reason(),
                                "Import it with RestoreRequest.makingRoles(…), which makes that role and all others that"
                                        + " its policies and owners are, without login."),
                        e))
                .orElse(e);
    }

    private interface DumpWork {
        void with(DumpObject dump) throws IOException;
    }

    private void withDump(DumpWork work) {
        try (var place = Place.open(job.platform(), target, job.context());
                var dump = DumpObject.open(place, key, job.context().cancelToken())) {
            work.with(dump);
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }
}
