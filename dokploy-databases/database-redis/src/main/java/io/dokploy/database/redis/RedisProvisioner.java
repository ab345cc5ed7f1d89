package io.dokploy.database.redis;

import com.google.auto.service.AutoService;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.ChangesPasswords;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Redis, by the contract of its official image. Without state, so thread-safe. */
@AutoService(DatabaseProvisioner.class)
public final class RedisProvisioner implements SeededBeforeStart, ChangesPasswords, AdoptsServers {

    private static final int PORT = 6379;
    private static final Pattern VERSION = Pattern.compile("([7-9]|[1-9]\\d)([.-].*)?");
    private static final String CONFIGURATION = "/run/dokploy/redis.conf";
    private static final String USERS = "/run/dokploy/redis-users.acl";
    /** In a companion, which is removed after the work. */
    private static final String SNAPSHOT = "/tmp/dokploy-snapshot.rdb";

    private static final String LOG_BASE = "appendonly.aof.1.base.rdb";

    /** For {@link java.util.ServiceLoader}. */
    public RedisProvisioner() {}

    @Override
    public String id() {
        return RedisSettings.ID;
    }

    @Override
    public String image() {
        return "redis";
    }

    @Override
    public String defaultVersion() {
        return "8";
    }

    @Override
    public void check(DatabaseSpec spec, String version) {
        var settings = RedisSettings.read(spec.engine());
        var problems = Problems.of("database \"" + spec.name() + "\"");
        problems.require(
                VERSION.matcher(version).matches(),
                "version",
                "must begin with a major version from 7 on, such as 8 or 8.0-alpine, but is " + version);
        problems.require(
                spec.initScripts().isEmpty(), "initScripts", "Redis has none; write the data when it is ready");
        problems.require(
                !settings.rules().containsKey(spec.user()),
                "users",
                "\"" + spec.user() + "\" is the user of the spec, who may do everything");
        Configuration.check(spec, settings, problems);
        problems.throwIfAny();
    }

    @Override
    public Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        var settings = RedisSettings.read(spec.engine());
        return Blueprint.of("/data", PORT, client(login, "PING"))
                .arguments(List.of("redis-server", CONFIGURATION))
                .file(CONFIGURATION, Configuration.of(spec, settings, USERS), 0444)
                .file(USERS, Users.of(login, settings), 0444);
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        return login.in("0").connection("redis", host, port);
    }

    @Override
    public EngineCommand client(Login login) {
        return client(login, new String[0]);
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        var snapshot = login.address().isPresent() ? throughFile(login) : client(login, "--rdb", "-");
        return List.of(new DumpPart("data", "rdb", snapshot, Compression.NONE));
    }

    /** A server that is not configured by us may put a mark after its snapshot, which the client takes away from files only. */
    private static EngineCommand throughFile(Login login) {
        var client = client(login, "--rdb", SNAPSHOT);
        var arguments =
                Stream.concat(Stream.of("sh", "-c", "\"$@\" >&2 && cat \"$0\"", SNAPSHOT), client.arguments().stream());
        return client.arguments(arguments.toList());
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

    /**
     * With a log of writes Redis reads that and no {@code dump.rdb}, so the snapshot becomes the log's beginning: what Redis
     * itself does when it rewrites its log.
     */
    @Override
    public Seed seed(String part, DatabaseSpec spec) {
        if (!RedisSettings.read(spec.engine()).persistence().hasLog()) {
            return Seed.at("dump.rdb");
        }
        var manifest = new Blueprint.File(
                "appendonlydir/appendonly.aof.manifest",
                EnvironmentValue.plain("file " + LOG_BASE + " seq 1 type b\n"),
                0644);
        return new Seed("appendonlydir/" + LOG_BASE, List.of(manifest));
    }

    @Override
    public EngineCommand counts(Login login) {
        return client(login, "EVAL", Scripts.COUNTS, "0");
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return client(login, "EVAL", Scripts.VERSION, "0");
    }

    /**
     * Of the default user as well, and of the one who logs in last, since they do so with the former password. The client
     * reads the last argument, so that the hash is in no list of processes. The file of users has it at the next start.
     */
    @Override
    public List<EngineCommand> changePassword(Login login, String user, Secret newPassword) {
        return Stream.of("default", user)
                .distinct()
                .map(name ->
                        client(login, "-x", "ACL", "SETUSER", name, "resetpass").reading(Users.hash(newPassword)))
                .toList();
    }

    private static EngineCommand client(Login login, String... arguments) {
        var all = new ArrayList<>(List.of("redis-cli", "-e", "--user", login.user()));
        login.address()
                .ifPresent(
                        address -> all.addAll(List.of("-h", address.host(), "-p", Integer.toString(address.port()))));
        all.addAll(List.of(arguments));
        return EngineCommand.of(all.toArray(String[]::new)).with("REDISCLI_AUTH", login.password());
    }
}
