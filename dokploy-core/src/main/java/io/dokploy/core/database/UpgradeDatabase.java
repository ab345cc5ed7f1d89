package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.EngineCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Moves a database to a later series of its engine: the tools of the next generation dump the one that served straight
 * into it, and it is compared. Nobody can write meanwhile, so nothing that was written is lost.
 */
final class UpgradeDatabase {

    private static final int BUFFER = 128 * 1024;
    private static final Duration LAST_WORDS = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final DatabaseJob job;
    private final DatabaseJob next;

    UpgradeDatabase(DatabaseJob job, String version) {
        this.job = job;
        this.next = job.ofVersion(version);
    }

    Database run() {
        var generation = NextGeneration.ofVersion(job, next.database().engineVersion());
        return generation.takeOver(aside -> {
            job.operation().step("withdraw");
            job.say("Nobody reaches the database until it is upgraded");
            var former = generation.withdraw();
            job.operation().step("upgrade");
            aside.start(next.provision(aside).readyWithin());
            move(former, aside);
        });
    }

    private void move(DatabaseServer former, DatabaseServer aside) {
        var database = next.database();
        var databases = ServerDatabases.of(job, former);
        var before = databases.counts();
        // The newer tool knows the older server, and what of it must be written in another way.
        var there = former.reachedBy(job.login());
        var parts = ServerDatabases.dump(
                next.plugin(), database.spec(), database.engineVersion(), there, databases.further());
        for (DumpPart part : parts) {
            move(part, aside);
        }
        requireEqual(before, ServerDatabases.of(next, aside).counts());
        job.say(Counts.inWords(before) + ", as before");
    }

    private void requireEqual(Map<String, Long> before, Map<String, Long> after) {
        var differences = Counts.differences(before, after);
        if (!differences.isEmpty()) {
            throw new UserErrorException(Failure.user(
                    "upgrade-not-equal",
                    job.subject(),
                    "what was moved is not what was there: " + String.join("; ", differences),
                    "The former version serves as before. Look whether something in the database writes by itself."));
        }
    }

    private void move(DumpPart part, DatabaseServer aside) {
        EngineCommand restore =
                next.plugin().restore(part.name(), next.database().engineVersion(), next.login());
        CancelToken token = job.context().cancelToken();
        try (var source = aside.reading(part.command());
                var target = aside.feeding(restore);
                var sourceCancelled = token.onCancel(source::close);
                var targetCancelled = token.onCancel(target::close)) {
            boolean taken = copy(source.output(), target, token);
            if (taken) {
                source.requireSuccess(LAST_WORDS);
            }
            target.requireSuccess(LONGEST);
            if (!taken) {
                throw new IOException("the tool ended well, but without reading all of the part " + part.name());
            }
        } catch (IOException e) {
            token.throwIfCancelled();
            throw new TemporaryException(
                    Failure.temporary(
                            "upgrade-broke-off",
                            job.subject(),
                            "moving the part " + part.name() + " broke off: " + e.getMessage(),
                            "The former version serves as before. Try again."),
                    e);
        }
    }

    /** @return whether all was taken; if not, the tool's own words say why */
    private static boolean copy(InputStream source, EngineSession target, CancelToken token) throws IOException {
        var buffer = new byte[BUFFER];
        try (OutputStream input = target.input()) {
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                token.throwIfCancelled();
                try {
                    input.write(buffer, 0, count);
                } catch (IOException e) {
                    return false;
                }
            }
            return true;
        }
    }
}
