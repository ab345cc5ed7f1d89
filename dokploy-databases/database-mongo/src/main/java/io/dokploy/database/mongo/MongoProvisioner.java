package io.dokploy.database.mongo;

import com.google.auto.service.AutoService;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.ReadsDumps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** MongoDB, by the contract of its official image. Without state, so thread-safe. */
@AutoService(DatabaseProvisioner.class)
public final class MongoProvisioner implements AdoptsServers, HasUsers, ReadsDumps {

    private static final int PORT = 27017;
    private static final Pattern VERSION = Pattern.compile("([6-9]|[1-9]\\d)([.-].*)?");
    private static final String PASSWORD_FILE = "/run/dokploy/mongo-password";
    private static final String KEY_FILE = "/run/dokploy/mongo-key";
    private static final String INIT_FOLDER = "/docker-entrypoint-initdb.d/";
    /** Of the official image's user, who alone may read the key file. */
    private static final int MONGODB = 999;

    /** A dump that was taken with the oplog must be restored with it, so the part says so. */
    private static final String WITH_OPLOG = "data-with-oplog";

    /** How an archive of mongodump begins. */
    private static final byte[] MAGIC = {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81};

    /** For {@link java.util.ServiceLoader}. */
    public MongoProvisioner() {}

    @Override
    public String id() {
        return MongoSettings.ID;
    }

    @Override
    public String image() {
        return "mongo";
    }

    @Override
    public String defaultVersion() {
        return "7";
    }

    @Override
    public void check(DatabaseSpec spec, String version) {
        MongoSettings.read(spec.engine());
        var problems = Problems.of("database \"" + spec.name() + "\"");
        problems.require(
                VERSION.matcher(version).matches(),
                "version",
                "must begin with a major version from 6 on, such as 7 or 8.0-noble, but is " + version);
        problems.require(
                !List.of("admin", "config", "local").contains(spec.database()),
                "database",
                "admin, config and local are MongoDB's own");
        spec.initScripts()
                .forEach(script -> problems.require(
                        script.name().endsWith(".js") || script.name().endsWith(".sh"),
                        "initScripts",
                        "\"" + script.name() + "\" must end with .js or .sh"));
        Options.check(spec, problems);
        problems.throwIfAny();
    }

    @Override
    public Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        boolean replicaSet = MongoSettings.read(spec.engine()).isReplicaSet();
        var blueprint = Blueprint.of(
                        "/data/db", PORT, shell(login, replicaSet ? Scripts.READY_AS_PRIMARY : Scripts.READY))
                .arguments(Options.of(spec, replicaSet, KEY_FILE))
                .environment("MONGO_INITDB_ROOT_USERNAME", EnvironmentValue.plain(login.user()))
                .environment("MONGO_INITDB_ROOT_PASSWORD_FILE", EnvironmentValue.plain(PASSWORD_FILE))
                .environment("MONGO_INITDB_DATABASE", EnvironmentValue.plain(login.database()))
                .file(PASSWORD_FILE, login.password(), 0444)
                .file(Tools.CONFIGURATION, Tools.configuration(login), 0400);
        if (replicaSet) {
            blueprint = blueprint
                    .file(new Blueprint.File(KEY_FILE, Tools.key(login), 0400, MONGODB))
                    .file(INIT_FOLDER + "00-oplog-role.js", EnvironmentValue.plain(Scripts.OPLOG_ROLE), 0444);
        }
        for (var script : spec.initScripts()) {
            blueprint = blueprint.file(INIT_FOLDER + script.name(), EnvironmentValue.plain(script.content()), 0444);
        }
        return blueprint;
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        return login.connection("mongodb", host, port).query("authSource=admin&directConnection=true");
    }

    /** mongosh in the login's database. It reads all before it begins, and writes what is printed with {@code print}. */
    @Override
    public EngineCommand client(Login login) {
        return login(
                EngineCommand.of(
                        "mongosh", "--quiet", "--norc", "--nodb", "--eval", Scripts.LOGIN, "--file", "/dev/stdin"),
                login);
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        if (spec.adopted().isPresent()) {
            return List.of(portableDump(version, login));
        }
        boolean oplog = MongoSettings.read(spec.engine()).isReplicaSet();
        var command = oplog ? Tools.dump(login, "--oplog") : Tools.dump(login);
        return List.of(new DumpPart(oplog ? WITH_OPLOG : "data", "archive", command, Compression.NONE));
    }

    /** Users that the dump has are made, but for the login's own, who keeps the password of now. */
    @Override
    public EngineCommand restore(String part, String version, Login login) {
        return part.equals(WITH_OPLOG)
                ? Tools.restore(login, "--stopOnError", "--oplogReplay")
                : Tools.restore(login, "--stopOnError");
    }

    @Override
    public EngineCommand counts(Login login) {
        return shell(login, login.address().isPresent() ? Scripts.COUNTS_OF_ONE : Scripts.COUNTS);
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public Optional<String> tagFor(String serverVersion) {
        var version = VERSION.matcher(serverVersion);
        return version.matches() ? Optional.of(version.group(1)) : Optional.empty();
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return shell(login, Scripts.VERSION);
    }

    @Override
    public List<EngineCommand> changePassword(Login login, String user, Secret newPassword) {
        return List.of(shell(login, Scripts.CHANGE_PASSWORD)
                .with(Scripts.OTHER_USER, EnvironmentValue.plain(user))
                .with(Scripts.OTHER_PASSWORD, newPassword));
    }

    @Override
    public EngineCommand createUser(Login login, Login user) {
        return shell(login, Scripts.CREATE_USER)
                .with(Scripts.OTHER_USER, EnvironmentValue.plain(user.user()))
                .with(Scripts.OTHER_PASSWORD, user.password())
                .with(Scripts.OTHER_DATABASE, EnvironmentValue.plain(user.database()));
    }

    @Override
    public List<EngineCommand> dropUser(Login login, String user, List<String> databases) {
        return List.of(shell(login, Scripts.DROP_USER).with(Scripts.OTHER_USER, EnvironmentValue.plain(user)));
    }

    @Override
    public EngineCommand users(Login login) {
        return shell(login, Scripts.USERS);
    }

    /** An archive of one database, whatever its name: Dokploy's are such. */
    @Override
    public Optional<EngineCommand> readDump(byte[] beginning, String version, Login login) {
        boolean archive =
                beginning.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(beginning, MAGIC.length), MAGIC);
        return archive
                ? Optional.of(Tools.restore(
                        login,
                        "--stopOnError",
                        "--nsExclude=admin.*",
                        "--nsFrom=$db$.$coll$",
                        "--nsTo=" + login.database() + ".$coll$"))
                : Optional.empty();
    }

    @Override
    public DumpPart portableDump(String version, Login login) {
        return new DumpPart("data", "archive", Tools.dump(login, "--db=" + login.database()), Compression.NONE);
    }

    private static EngineCommand shell(Login login, String script) {
        return login(
                EngineCommand.of("mongosh", "--quiet", "--norc", "--nodb", "--eval", Scripts.LOGIN + script), login);
    }

    private static EngineCommand login(EngineCommand command, Login login) {
        var address = login.address().orElse(new Login.Address("127.0.0.1", PORT));
        return command.with(Scripts.USER, EnvironmentValue.plain(login.user()))
                .with(Scripts.PASSWORD, login.password())
                .with(Scripts.DATABASE, EnvironmentValue.plain(login.database()))
                .with(Scripts.ADDRESS, EnvironmentValue.plain(address(address.host(), address.port())));
    }

    private static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
