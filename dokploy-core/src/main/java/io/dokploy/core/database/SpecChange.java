package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseSpec.Published;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.Problems;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.database.DatabaseProvisioner;
import java.util.ArrayList;
import java.util.List;

/** Changes what was asked for; where that needs another container, it is made on the same volume, or the former is back. */
public final class SpecChange {

    private final DatabaseJob job;
    private final DatabaseJob changed;

    SpecChange(DatabaseJob job, DatabaseSpec spec) {
        this.job = job;
        var version = spec.version().orElse(job.database().engineVersion());
        this.changed = new DatabaseJob(job.operation(), job.known().with(spec, version), job.context());
    }

    /**
     * Checks that the data can stay where it is.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all that cannot change
     * @throws io.dokploy.api.error.UserErrorException   for a version that cannot open the data
     */
    public static void requirePossible(Database database, DatabaseProvisioner plugin, DatabaseSpec spec) {
        var former = database.spec();
        Problems.of("database \"" + database.name() + "\"")
                .require(spec.name().equals(former.name()), "name", "cannot change; the display name can")
                .require(
                        spec.engine().plugin().equals(former.engine().plugin()),
                        "engine",
                        "cannot change: " + database.engine() + " cannot be read by "
                                + spec.engine().plugin())
                .require(spec.user().equals(former.user()), "user", "cannot change")
                .require(spec.database().equals(former.database()), "database", "cannot change")
                .require(spec.password().isEmpty(), "password", "is changed by changePassword")
                .throwIfAny();
        spec.version()
                .filter(version -> !version.equals(database.engineVersion()))
                .ifPresent(version -> VersionChange.of(plugin, database.engineVersion(), version)
                        .requireInPlace("database " + database.name()));
    }

    Database run(long version) {
        var databases = job.platform().store().databases();
        var id = job.database().id();
        if (job.database().version() > version
                && job.database().spec().equals(changed.database().spec())) {
            // An attempt that died at the very end.
            return job.database();
        }
        databases.requireVersion(id, version);
        var reasons = reasons();
        if (!reasons.isEmpty()) {
            job.say("It gets another container on the same volume, since these change: " + String.join(", ", reasons));
            replace();
        }
        databases.setGeneration(
                id, job.database().generation(), changed.database().engineVersion());
        return databases.update(id, version, changed.database().spec());
    }

    private List<String> reasons() {
        var before = job.database().spec();
        var after = changed.database().spec();
        var reasons = new ArrayList<String>();
        note(
                reasons,
                "image",
                job.image(job.database().engineVersion()),
                changed.image(changed.database().engineVersion()));
        note(reasons, "resources", before.resources(), after.resources());
        note(
                reasons,
                "published port",
                before.published().map(SpecChange::place),
                after.published().map(SpecChange::place));
        note(reasons, "TLS", before.tls(), after.tls());
        note(reasons, "logs", before.logs(), after.logs());
        note(reasons, "labels", before.labels(), after.labels());
        // Whatever else the engine is told: parameters, and what the plugin makes of the rest.
        note(reasons, "configuration of the engine", job.blueprint(), changed.blueprint());
        return reasons;
    }

    private static Published place(Published published) {
        return new Published(published.address(), published.port());
    }

    private static void note(List<String> reasons, String name, Object before, Object after) {
        if (!before.equals(after)) {
            reasons.add(name);
        }
    }

    private void replace() {
        job.operation().step("replace");
        try {
            exchange(changed);
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (RuntimeException e) {
            bringBack(e);
            throw e;
        }
    }

    /** What an attempt left that died is replaced too: nobody can tell of which spec it is. */
    private static void exchange(DatabaseJob wanted) {
        var database = wanted.database();
        var server = wanted.serving();
        server.removeContainer(database.spec().stopGrace());
        if (!database.stopped()) {
            server.create(database.spec(), wanted.image(database.engineVersion()), wanted.network());
            new PasswordChange(wanted).start(server);
        }
    }

    /** A cancellation must not stop what it asked for. */
    private void bringBack(RuntimeException failure) {
        job.say("Going back to what was there: " + failure.getMessage());
        try (var context =
                job.platform().contexts().open(Progress.none(), CancelToken.never(), job.operation()::masked)) {
            exchange(job.within(context));
        } catch (RuntimeException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("Going back was not possible: " + undoFailure.getMessage());
        }
    }
}
