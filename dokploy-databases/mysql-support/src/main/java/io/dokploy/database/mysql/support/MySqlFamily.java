package io.dokploy.database.mysql.support;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.DatabaseTls.Demand;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.HasDatabases;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.LoadsFaster;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.ReadsDumps;
import io.dokploy.spi.database.SpeaksTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server of MySQL's protocol, by the contract that the official images share. The user of the database may do everything
 * in the server, as PostgreSQL's may, so it can be dumped and restored with their login; {@code root} is for the image's
 * own first start and only reached from inside the container. Without state, so thread-safe.
 */
public abstract class MySqlFamily implements AdoptsServers, HasUsers, HasDatabases, ReadsDumps, LoadsFaster, SpeaksTls {

    /** The part of a dump with users and what they may do. */
    protected static final String USERS = "users";
    /** The part of a dump with the database. */
    protected static final String DATA = "data";
    /** And a number: a part with a further database. Its SQL makes that database, so it says the name. */
    private static final String FURTHER = "database-";

    private static final int PORT = 3306;
    private static final String ROOT_PASSWORD_FILE = "/run/dokploy/root-password";
    private static final String INIT_FOLDER = "/docker-entrypoint-initdb.d/";
    private static final Set<String> OWN_USERS = Set.of("root", "mysql", "mariadb");
    private static final Set<String> OWN_DATABASES = Set.of("mysql", "sys", "information_schema", "performance_schema");

    /** Nothing is replicated from what is being loaded, and it is thrown away if the server dies. */
    private static final List<String> LOADING =
            List.of("--skip-log-bin", "--innodb-doublewrite=OFF", "--innodb-flush-log-at-trx-commit=0");

    /** For {@link #beforeRestoring}: while a database is filled, its own events must not change it. */
    protected static final String WITHOUT_EVENTS = "SET GLOBAL event_scheduler = OFF";

    /**
     * A row that could be inserted must fit when it is restored, in spite of being twice as long in a dump. Users who may
     * do all in their database may make functions and triggers there, also if the server writes a binary log.
     */
    private static final Map<String, String> PARAMETERS =
            new TreeMap<>(Map.of("max_allowed_packet", "1073741824", "loose_log_bin_trust_function_creators", "ON"));

    /** In binary mode a dump can give no commands to the client, such as to run a program. */
    private static final List<String> READING = List.of("--batch", "--binary-mode", "--max-allowed-packet=1G");

    private final Dialect dialect;

    /** One that calls things by these names. */
    protected MySqlFamily(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds what is wrong with that version. */
    protected abstract void checkVersion(String version, Problems problems);

    /** Parameters that the server gets unless the user gives them. */
    protected Map<String, String> defaultParameters() {
        return Map.of();
    }

    /** Whether its tools use TLS by themselves where the server has it. */
    protected boolean toolsEncrypt(String version) {
        return true;
    }

    /** Adds what the user's own part of the settings needs to be checked for. */
    protected abstract void checkSettings(DatabaseSpec spec);

    @Override
    public final void check(DatabaseSpec spec, String version) {
        checkSettings(spec);
        var problems = Problems.of("database \"" + spec.name() + "\"");
        checkVersion(version, problems);
        problems.require(
                        !OWN_USERS.contains(spec.user().toLowerCase(Locale.ROOT)),
                        "user",
                        spec.user() + " is the engine's own; any other user gets all rights as well")
                .require(
                        !OWN_DATABASES.contains(spec.database().toLowerCase(Locale.ROOT)),
                        "database",
                        spec.database() + " is the engine's own");
        spec.parameters()
                .forEach((name, value) -> problems.require(
                        !name.replace('-', '_').equalsIgnoreCase("event_scheduler")
                                || !value.equalsIgnoreCase("DISABLED"),
                        "parameters." + name,
                        "OFF does the same, and can be changed while a backup is restored"));
        spec.tls().ifPresent(tls -> {
            ServerTls.check(spec, problems);
            problems.require(
                    tls.demand() == Demand.OFFERED || toolsEncrypt(version),
                    "tls",
                    "version " + version
                            + " cannot require it, since its own tools do not use it by themselves: offer it,"
                            + " or take a later version");
        });
        problems.throwIfAny();
    }

    @Override
    public final Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        var blueprint = Blueprint.of(
                        "/var/lib/mysql",
                        PORT,
                        // By TCP: while the image makes the data directory, its server listens on a socket only.
                        client(login, "--protocol=tcp", "--host=127.0.0.1", "--execute=SELECT 1"))
                .environment(dialect.variables() + "ROOT_PASSWORD_FILE", EnvironmentValue.plain(ROOT_PASSWORD_FILE))
                .environment(dialect.variables() + "ROOT_HOST", EnvironmentValue.plain("localhost"))
                .environment(dialect.variables() + "DATABASE", EnvironmentValue.plain(login.database()))
                .file(ROOT_PASSWORD_FILE, RootPassword.of(login.password()), 0444)
                .file(INIT_FOLDER + "00-dokploy-user.sql", user(login), 0444)
                .arguments(arguments(spec));
        for (var script : spec.initScripts()) {
            blueprint = blueprint.file(INIT_FOLDER + script.name(), EnvironmentValue.plain(script.content()), 0444);
        }
        return blueprint;
    }

    /** A server that cannot use what it is given goes on without TLS, so it is asked by TLS. */
    @Override
    public final Blueprint withTls(Blueprint serving, DatabaseTls tls) {
        var ready = new ArrayList<>(serving.ready().arguments());
        ready.addAll(dialect.encrypting());
        return ServerTls.added(serving, tls)
                .ready(new EngineCommand(
                        ready, serving.ready().environment(), serving.ready().input()));
    }

    @Override
    public final DatabaseConnection verifying(DatabaseConnection connection) {
        return connection.query("ssl-mode=VERIFY_IDENTITY").jdbcQuery(dialect.jdbcVerifying());
    }

    @Override
    public final Blueprint forLoading(Blueprint serving) {
        var arguments = new ArrayList<>(serving.arguments());
        arguments.addAll(LOADING);
        return serving.arguments(arguments);
    }

    /** Not by the image's variables: MySQL's image puts a password into its statement as it is. */
    private Secret user(Login login) {
        return Secret.of("SET NAMES utf8mb4;\n" + Accounts.createOwner(login.user(), identifiedBy(login.password())));
    }

    /**
     * The words of a statement that say a password: {@code IDENTIFIED BY '…'}. A server that logs its statements must not
     * log it: MySQL's masks it by itself.
     */
    protected String identifiedBy(Secret password) {
        return "IDENTIFIED BY '" + password.reveal().replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private List<String> arguments(DatabaseSpec spec) {
        var parameters = new LinkedHashMap<String, String>(PARAMETERS);
        parameters.putAll(defaultParameters());
        spec.resources()
                .memory()
                .ifPresent(memory -> parameters.put("innodb_buffer_pool_size", Long.toString(bufferPool(memory))));
        spec.parameters().forEach((name, value) -> {
            // The documentation writes them in both ways.
            parameters.remove(name.replace('-', '_'));
            parameters.put(name, value);
        });
        var arguments = new ArrayList<>(List.of(dialect.server()));
        parameters.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    /** Half of the memory; a quarter of little memory, since what is not the pool needs some hundred megabytes. */
    private static long bufferPool(ByteSize memory) {
        return memory.bytes() >= ByteSize.gibibytes(1).bytes() ? memory.bytes() / 2 : memory.bytes() / 4;
    }

    @Override
    public final DatabaseConnection connection(Login login, String host, int port) {
        return login.connection("mysql", host, port).jdbc(dialect.jdbcProtocol());
    }

    @Override
    public final EngineCommand client(Login login) {
        return client(login, "--batch");
    }

    /** The client with these options, in the database. */
    private EngineCommand client(Login login, String... options) {
        return client(login, List.of(options), login.database());
    }

    private EngineCommand client(Login login, List<String> options, String database) {
        var all = new ArrayList<>(dialect.clientOptions());
        all.addAll(options);
        all.add("--database=" + database);
        return tool(dialect.client(), login, all);
    }

    /** The dump tool with these options of one's own, and those that every dump has. */
    protected final EngineCommand dumpTool(Login login, List<String> options, String... operands) {
        var all = new ArrayList<>(List.of("--single-transaction", "--quick", "--hex-blob", "--max-allowed-packet=1G"));
        all.addAll(options);
        return tool(dialect.dumpTool(), login, all, operands);
    }

    /** The tools take the password from a variable of their process, which no list of processes shows. */
    private EngineCommand tool(String program, Login login, List<String> options, String... operands) {
        var arguments = new ArrayList<>(List.of(program, "--user=" + login.user(), "--default-character-set=utf8mb4"));
        login.address().ifPresent(address -> {
            arguments.addAll(List.of("--protocol=tcp", "--host=" + address.host(), "--port=" + address.port()));
            arguments.addAll(dialect.networkOptions());
        });
        arguments.addAll(options);
        arguments.addAll(List.of(operands));
        return EngineCommand.of(arguments.toArray(String[]::new)).with("MYSQL_PWD", login.password());
    }

    /** Users are the server's: who logs in to an adopted one may not see them, and its owner keeps them. */
    @Override
    public final List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        return spec.adopted().isPresent() ? data(version, login, List.of()) : dump(spec, version, login, List.of());
    }

    /** The parts of a dump with the databases: all that is in them, each of one moment. */
    protected final List<DumpPart> data(String version, Login login, List<String> further) {
        var parts = new ArrayList<>(List.of(portableDump(version, login)));
        for (String database : further) {
            parts.add(new DumpPart(
                    FURTHER + parts.size(),
                    "sql",
                    dumpTool(login, dataOptions(version), "--databases", "--", database),
                    Compression.NONE,
                    Optional.of(database)));
        }
        return parts;
    }

    /** With which the dump tool writes all that is in a database. */
    protected abstract List<String> dataOptions(String version);

    @Override
    public final int port() {
        return PORT;
    }

    @Override
    public final Optional<String> tagFor(String serverVersion) {
        var problems = Problems.of("version");
        checkVersion(serverVersion, problems);
        boolean isOfFamily =
                serverVersion.contains("MariaDB") == dialect.variables().equals("MARIADB_");
        return isOfFamily && problems.isEmpty() ? Optional.of(series(serverVersion)) : Optional.empty();
    }

    @Override
    public final DumpPart portableDump(String version, Login login) {
        return new DumpPart(
                DATA, "sql", dumpTool(login, dataOptions(version), "--", login.database()), Compression.NONE);
    }

    @Override
    public final Optional<EngineCommand> readDump(byte[] beginning, String version, Login login) {
        var dump = new ForeignDump(beginning);
        return dump.isText() ? Optional.of(dump.into(client(login, READING, login.database()))) : Optional.empty();
    }

    @Override
    public final EngineCommand restore(String part, String version, Login login) {
        var options = new ArrayList<>(READING);
        beforeRestoring(part).ifPresent(statement -> options.add("--init-command=" + statement));
        return client(login, options, restoredInto(part, login));
    }

    /** A statement that the client runs before it restores a part; what it changes ends with the server's next start. */
    protected abstract Optional<String> beforeRestoring(String part);

    /** The database that the client is in when it restores a part. */
    protected String restoredInto(String part, Login login) {
        return login.database();
    }

    @Override
    public final EngineCommand counts(Login login) {
        return query(login, Statements.COUNTS);
    }

    @Override
    public final EngineCommand serverVersion(Login login) {
        return query(login, "SELECT VERSION()");
    }

    /** Root too, for whoever knows the former password can make that of root from it. */
    @Override
    public final List<EngineCommand> changePassword(Login login, String user, Secret newPassword) {
        requireForeign("user", user, OWN_USERS);
        var sql = Accounts.changePassword(user, identifiedBy(newPassword));
        return user.equals(login.user())
                ? List.of(script(
                        login,
                        Secret.of(Accounts.changeRootPassword(identifiedBy(RootPassword.of(newPassword))) + sql)))
                : List.of(script(login, Secret.of(sql)));
    }

    @Override
    public final EngineCommand createUser(Login login, Login user) {
        requireForeign("user", user.user(), OWN_USERS);
        // There, so that it fails if there is no such database: a right can be given on any.
        return script(
                login.in(user.database()),
                Secret.of(Accounts.createUser(user.user(), identifiedBy(user.password()), user.database())));
    }

    @Override
    public final List<EngineCommand> dropUser(Login login, String user, List<String> databases) {
        requireForeign("user", user, OWN_USERS);
        return List.of(script(login, EnvironmentValue.plain(Accounts.dropUser(user))));
    }

    @Override
    public final EngineCommand users(Login login) {
        return query(login, Accounts.USERS);
    }

    @Override
    public final EngineCommand createDatabase(Login login, String name) {
        return script(login, EnvironmentValue.plain(Accounts.createDatabase(name)));
    }

    @Override
    public final EngineCommand dropDatabase(Login login, String name) {
        requireForeign("database", name, OWN_DATABASES);
        return script(login, EnvironmentValue.plain(Accounts.dropDatabase(name)));
    }

    @Override
    public final EngineCommand databases(Login login) {
        return query(login, Accounts.DATABASES);
    }

    private static void requireForeign(String field, String name, Set<String> own) {
        Problems.of("name")
                .require(!own.contains(name.toLowerCase(Locale.ROOT)), field, name + " is the engine's own")
                .throwIfAny();
    }

    private EngineCommand query(Login login, String statement) {
        return client(login, "--batch", "--skip-column-names", "--execute=" + statement);
    }

    private EngineCommand script(Login login, EnvironmentValue statements) {
        return client(login).reading(statements);
    }
}
