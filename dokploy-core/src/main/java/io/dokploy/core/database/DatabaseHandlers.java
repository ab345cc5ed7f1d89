package io.dokploy.core.database;

import io.dokploy.api.Application;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InUseException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.DatabaseUse;
import io.dokploy.core.pipeline.Platform;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each kind of operation does to a database. */
public final class DatabaseHandlers {

    /** Provisions a new one. */
    public static final String CREATE = "database.create";

    /** Stops it. */
    public static final String STOP = "database.stop";

    /** Starts it again. */
    public static final String START = "database.start";

    /** Stops and starts it. */
    public static final String RESTART = "database.restart";

    /** Changes what was asked for. */
    public static final String UPDATE = "database.update";

    /** Gives its user another password. */
    public static final String CHANGE_PASSWORD = "database.change-password";

    /** Moves it to a later version. */
    public static final String UPGRADE = "database.upgrade";

    /** Registers one that somebody else runs. */
    public static final String ADOPT = "database.adopt";

    /** Keeps the password that an adopted one has by now. */
    public static final String USE_PASSWORD = "database.use-password";

    /** Removes it. */
    public static final String DELETE = "database.delete";

    /** The database's id. */
    public static final String DATABASE = "database";

    /** The tag of the image that it shall run, for an upgrade. */
    public static final String VERSION = "version";

    /** Whether its data goes too, for a deletion. */
    public static final String VOLUMES = "volumes";

    /** Whether it goes although applications refer to it. */
    public static final String FORCE = "force";

    /** The new spec, as the store writes it. */
    public static final String SPEC = "spec";

    /** The version that an update was made from. */
    public static final String FROM_VERSION = "fromVersion";

    /** The new password. */
    public static final String PASSWORD = "password";

    private final Platform platform;
    private final UserRestarts restarts;

    /** Handlers that work on this platform. */
    public DatabaseHandlers(Platform platform, UserRestarts restarts) {
        this.platform = platform;
        this.restarts = restarts;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.of(
                CREATE, operation -> with(operation, this::create),
                ADOPT, operation -> with(operation, this::adopt),
                STOP, operation -> with(operation, this::stop),
                START, operation -> with(operation, this::start),
                RESTART, operation -> with(operation, this::restart),
                UPDATE, operation -> with(operation, this::update),
                CHANGE_PASSWORD, operation -> with(operation, this::changePassword),
                USE_PASSWORD, operation -> with(operation, this::usePassword),
                UPGRADE, operation -> with(operation, DatabaseHandlers::upgrade),
                DELETE, operation -> with(operation, this::delete));
    }

    private <T extends @Nullable Object> T with(OperationContext operation, Function<DatabaseJob, T> work) {
        return withoutTools(platform, operation, asked(platform, operation), work);
    }

    /**
     * The database that an operation is for.
     *
     * @throws NotFoundException if it is gone
     */
    public static Database asked(Platform platform, OperationContext operation) {
        return platform.store()
                .databases()
                .find(new DatabaseId(operation.arguments().text(DATABASE, "")))
                .orElseThrow(() -> new NotFoundException(
                        operation.record().subject(),
                        "the database was deleted before its turn came",
                        "Create it again."));
    }

    /** Opens all that work at a database needs, for the time of that work. */
    public static <T extends @Nullable Object> T with(
            Platform platform, OperationContext operation, Database database, Function<DatabaseJob, T> work) {
        return withoutTools(platform, operation, database, job -> {
            try (var tools = job.tools()) {
                return work.apply(job);
            }
        });
    }

    private static <T extends @Nullable Object> T withoutTools(
            Platform platform, OperationContext operation, Database database, Function<DatabaseJob, T> work) {
        var known = KnownDatabase.of(platform, database);
        operation.mask(List.of(known.login().password()));
        database.spec()
                .tls()
                .ifPresent(tls -> operation.mask(List.of(tls.certificate().key())));
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            return work.apply(new DatabaseJob(operation, known, context));
        }
    }

    private Database create(DatabaseJob job) {
        return NewDatabase.orNothing(job, () -> start(job));
    }

    private Database adopt(DatabaseJob job) {
        return NewDatabase.orNothing(job, () -> new Adoption(job).run());
    }

    private Database start(DatabaseJob job) {
        job.operation().step("start");
        var database = job.database();
        var server = job.serving();
        server.create(database.spec(), job.image(database.engineVersion()), job.network());
        job.operation().step("ready");
        new PasswordChange(job).start(server);
        job.say(job.plugin().image() + ":" + database.engineVersion() + " is ready");
        return platform.store().databases().setStopped(database.id(), false);
    }

    private @Nullable Void restart(DatabaseJob job) {
        job.operation().step("stop");
        job.serving().stop(job.database().spec().stopGrace());
        start(job);
        return null;
    }

    private Database update(DatabaseJob job) {
        var arguments = job.operation().arguments();
        var spec = platform.store().json().restore(arguments.text(SPEC, ""), DatabaseSpec.class);
        return new SpecChange(job, spec).run(arguments.number(FROM_VERSION, 0));
    }

    private Database changePassword(DatabaseJob job) {
        var operation = job.operation();
        restarts.after(operation, job.database(), () -> {
            var password = operation.arguments().secret(PASSWORD).orElseThrow();
            operation.mask(List.of(password));
            new PasswordChange(job).to(password);
        });
        return platform.store().databases().find(job.database().id()).orElseThrow();
    }

    private Database usePassword(DatabaseJob job) {
        var operation = job.operation();
        restarts.after(operation, job.database(), () -> {
            var password = operation.arguments().secret(PASSWORD).orElseThrow();
            operation.mask(List.of(password));
            new Adoption(job).usePassword(password);
        });
        return platform.store().databases().find(job.database().id()).orElseThrow();
    }

    private static Database upgrade(DatabaseJob job) {
        var version = job.operation().arguments().text(VERSION, "");
        if (version.equals(job.database().engineVersion())) {
            // An attempt that died after the swap.
            return job.database();
        }
        VersionChange.of(job.plugin(), job.database().engineVersion(), version).requireUpgrade(job.subject());
        return new UpgradeDatabase(job, version).run();
    }

    private @Nullable Void stop(DatabaseJob job) {
        job.operation().step("stop");
        job.serving().stop(job.database().spec().stopGrace());
        platform.store().databases().setStopped(job.database().id(), true);
        return null;
    }

    /** @throws InUseException if applications refer to it and nobody says that it does not matter */
    public static void requireUnused(Platform platform, Database database, boolean force) {
        var users = new DatabaseUse(platform).of(database);
        if (!force && !users.isEmpty()) {
            throw new InUseException(
                    "database " + KnownDatabase.subject(database),
                    "applications refer to it: "
                            + users.stream().map(Application::name).collect(Collectors.joining(", ")),
                    "Take it out of their variables and deploy them, or delete it with DeleteRequest.forced().");
        }
    }

    private @Nullable Void delete(DatabaseJob job) {
        requireUnused(platform, job.database(), job.operation().arguments().flag(FORCE, false));
        job.operation().step("delete");
        // First, so that nobody makes what receives its log again.
        platform.store().logArchives().delete(job.database().id());
        var engine = platform.engine();
        var filter = Placement.everythingOf(platform.store().instance(), job.database());
        for (var container : engine.list(filter)) {
            engine.stop(container.id(), job.database().spec().stopGrace());
            engine.remove(container.id());
        }
        if (job.operation().arguments().flag(VOLUMES, false)) {
            engine.listVolumes(filter).forEach(engine::removeVolume);
        }
        platform.store().databases().delete(job.database().id());
        return null;
    }

    /** The arguments of an operation on a database. */
    public static Tree.BranchBuilder arguments(Database database) {
        return Tree.branch().put(DATABASE, database.id().value());
    }
}
