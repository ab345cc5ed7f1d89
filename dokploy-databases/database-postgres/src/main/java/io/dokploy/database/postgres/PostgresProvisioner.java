package io.dokploy.database.postgres;

import com.google.auto.service.AutoService;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.DumpsInParallel;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.HasDatabases;
import io.dokploy.spi.database.HasExtensions;
import io.dokploy.spi.database.HasRoles;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.LoadsFaster;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.ReadsDumps;
import io.dokploy.spi.database.SharesView;
import io.dokploy.spi.database.SpeaksTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL, by the contract of its official image. Without state, so thread-safe. */
@AutoService(DatabaseProvisioner.class)
public final class PostgresProvisioner
        implements DatabaseProvisioner,
                HasUsers,
                HasDatabases,
                HasExtensions,
                HasRoles,
                ReadsDumps,
                SharesView,
                LoadsFaster,
                AdoptsServers,
                DumpsInParallel,
                ArchivesLog,
                SpeaksTls {

    private static final int OLDEST = 13;
    private static final Pattern MAJOR = Pattern.compile("(\\d+).*");

    /** For {@link java.util.ServiceLoader}. */
    public PostgresProvisioner() {}

    @Override
    public String id() {
        return PostgresSettings.ID;
    }

    @Override
    public String image() {
        return "postgres";
    }

    @Override
    public String defaultVersion() {
        return "17";
    }

    @Override
    public void check(DatabaseSpec spec, String version) {
        PostgresSettings.read(spec.engine());
        var problems = Problems.of("database \"" + spec.name() + "\"");
        var major = MAJOR.matcher(version);
        problems.require(
                major.matches() && Integer.parseInt(major.group(1)) >= OLDEST,
                "version",
                "must begin with a major version from " + OLDEST + " on, such as 17 or 17-alpine, but is " + version);
        problems.require(!spec.user().startsWith("pg_"), "user", "names that begin with pg_ are PostgreSQL's own");
        spec.tls().ifPresent(tls -> ServerTls.check(spec, problems));
        problems.throwIfAny();
    }

    @Override
    public Blueprint withTls(Blueprint serving, DatabaseTls tls) {
        return ServerTls.added(serving, tls);
    }

    @Override
    public DatabaseConnection verifying(DatabaseConnection connection) {
        return connection.query(ServerTls.VERIFYING).jdbcQuery(ServerTls.VERIFYING);
    }

    @Override
    public Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        return ServerContainer.of(spec, ServerContainer.volumeAt(major(version)), login);
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        return login.connection("postgresql", host, port).jdbc("postgresql");
    }

    @Override
    public EngineCommand client(Login login) {
        return Psql.tool(login, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1");
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        return Dumps.all(major(version), login, List.of());
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login, List<String> further) {
        return Dumps.all(major(version), login, further);
    }

    @Override
    public DumpPart reading(DumpPart part, String view) {
        return Dumps.reading(part, view);
    }

    @Override
    public int jobs(DatabaseSpec spec, long bytes, int processors) {
        return PostgresSettings.read(spec.engine()).dumpJobs().orElseGet(() -> Dumps.jobs(bytes, processors));
    }

    @Override
    public EngineCommand size(Login login) {
        return Psql.query(login, "SELECT pg_database_size(current_database())");
    }

    @Override
    public Optional<DumpPart> intoFolder(DumpPart part, String folder, int jobs) {
        return Dumps.intoFolder(part, folder, jobs);
    }

    @Override
    public EngineCommand restoreFolder(String part, String version, Login login, String folder, int jobs) {
        return Dumps.restoreFolder(part, login, folder, jobs);
    }

    /** The last command waits for the end of the input; the transaction is open until then. */
    @Override
    public EngineCommand hold(Login login) {
        return Psql.query(
                login,
                "SET idle_in_transaction_session_timeout = 0",
                // The dump is to have the processors.
                "SET max_parallel_workers_per_gather = 0",
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                "SELECT pg_export_snapshot()",
                Statements.COUNTS,
                "\\! cat >/dev/null");
    }

    @Override
    public Blueprint forLoading(Blueprint serving) {
        return ServerContainer.forLoading(serving);
    }

    @Override
    public EngineCommand restore(String part, String version, Login login) {
        return Dumps.restore(part, major(version), login);
    }

    @Override
    public EngineCommand counts(Login login) {
        return Psql.query(login, Statements.COUNTS);
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return Psql.query(login, "SHOW server_version");
    }

    @Override
    public List<EngineCommand> changePassword(Login login, String user, Secret newPassword) {
        return List.of(Psql.script(login, Accounts.CHANGE_PASSWORD, newPassword, "user=" + user));
    }

    @Override
    public EngineCommand createUser(Login login, Login user) {
        return Psql.script(login.in(user.database()), Accounts.CREATE_USER, user.password(), "user=" + user.user());
    }

    @Override
    public List<EngineCommand> dropUser(Login login, String user, List<String> databases) {
        var commands = new ArrayList<EngineCommand>();
        for (String database : databases) {
            commands.add(Psql.script(login.in(database), Accounts.DISOWN, "user=" + user));
        }
        commands.add(Psql.script(login, Accounts.DROP_USER, "user=" + user));
        return commands;
    }

    @Override
    public EngineCommand users(Login login) {
        return Psql.query(login, Accounts.USERS);
    }

    @Override
    public EngineCommand createDatabase(Login login, String name) {
        return Psql.script(login, Accounts.CREATE_DATABASE, "name=" + name);
    }

    @Override
    public EngineCommand dropDatabase(Login login, String name) {
        return Psql.script(login, "DROP DATABASE :\"name\" WITH (FORCE);", "name=" + name);
    }

    @Override
    public EngineCommand databases(Login login) {
        return Psql.query(login, Accounts.DATABASES);
    }

    @Override
    public EngineCommand createExtension(Login login, String name) {
        return Psql.script(login, "CREATE EXTENSION IF NOT EXISTS :\"name\";", "name=" + name);
    }

    @Override
    public EngineCommand dropExtension(Login login, String name) {
        return Psql.script(login, "DROP EXTENSION :\"name\";", "name=" + name);
    }

    @Override
    public EngineCommand extensions(Login login) {
        return Psql.query(login, "SELECT extname, extversion FROM pg_extension ORDER BY 1");
    }

    @Override
    public EngineCommand createRole(Login login, String name) {
        return Psql.script(login, Accounts.CREATE_ROLE, "name=" + name);
    }

    @Override
    public Optional<String> missingRole(String complaints) {
        return Accounts.missingRole(complaints);
    }

    @Override
    public int port() {
        return ServerContainer.PORT;
    }

    @Override
    public Optional<String> tagFor(String serverVersion) {
        return Optional.of(series(serverVersion)).filter(major -> major(major) >= OLDEST);
    }

    @Override
    public Optional<EngineCommand> readDump(byte[] beginning, String version, Login login) {
        return DumpFormat.of(beginning).map(format -> switch (format) {
            case ARCHIVE -> Dumps.readArchive(login);
            case TEXT -> client(login);
        });
    }

    @Override
    public DumpPart portableDump(String version, Login login) {
        return Dumps.portable(login);
    }

    @Override
    public List<EngineCommand> keepLog(Login login) {
        return List.of(
                new EngineCommand(WriteAheadLog.LET_IN, Map.of(), Optional.empty()),
                Psql.query(login, WriteAheadLog.RELOAD, WriteAheadLog.KEEP));
    }

    @Override
    public EngineCommand releaseLog(Login login) {
        return Psql.table(login, List.of()).reading(EnvironmentValue.plain(WriteAheadLog.RELEASE));
    }

    @Override
    public Receiver receiver(Login login) {
        return WriteAheadLog.receiver(login);
    }

    @Override
    public EngineCommand committed(Login login) {
        return Psql.query(login, WriteAheadLog.COMMITTED);
    }

    @Override
    public EngineCommand currentSegment(Login login) {
        return Psql.query(login, WriteAheadLog.CURRENT);
    }

    @Override
    public EngineCommand closeSegment(Login login) {
        return Psql.table(login, List.of()).reading(EnvironmentValue.plain(WriteAheadLog.CLOSE));
    }

    @Override
    public boolean isSegment(String file) {
        return WriteAheadLog.isSegment(file);
    }

    @Override
    public String segmentAfter(String segment) {
        return WriteAheadLog.after(segment);
    }

    @Override
    public EngineCommand nameMoment(Login login, String name) {
        return Psql.table(login, List.of("-v", "name=" + name)).reading(EnvironmentValue.plain(WriteAheadLog.NAME));
    }

    /** Of a server whose tables are all in its own data directory: a tar holds one. */
    @Override
    public DumpPart base(Login login) {
        return new DumpPart(
                "base",
                "tar",
                Psql.tool(
                        login,
                        "pg_basebackup",
                        "--pgdata=-",
                        "--format=tar",
                        "--wal-method=none",
                        "--checkpoint=fast",
                        "--no-password"),
                Compression.NONE);
    }

    @Override
    public String baseFolder(String version) {
        return ServerContainer.dataAt(major(version));
    }

    @Override
    public String logFolder() {
        return WriteAheadLog.LOG_FOLDER;
    }

    @Override
    public Blueprint recovering(Blueprint serving, String version, Moment moment) {
        return WriteAheadLog.recovering(serving, baseFolder(version), moment);
    }

    private static int major(String version) {
        Matcher major = MAJOR.matcher(version);
        return major.matches() ? Integer.parseInt(major.group(1)) : OLDEST;
    }
}
