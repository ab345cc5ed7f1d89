package com.example.dokploy;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SeededBeforeStart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database engine in one class: Valkey, which reads its dump before its first start. */
public final class ValkeyProvisioner implements SeededBeforeStart {

    private static final String ID = "example-valkey";
    private static final String CONFIGURATION = "/run/dokploy/valkey.conf";

    private static final String VERSION = "return string.match(redis.call('INFO', 'server'), 'valkey_version:(%S+)')";

    /** Keys that never expire, of each database. */
    private static final String COUNTS = "local lines = {}"
            + " for name, keys, expiring in string.gmatch(redis.call('INFO', 'keyspace'),"
            + " '(db%d+):keys=(%d+),expires=(%d+)') do lines[#lines + 1] = name .. '\\t' .. (keys - expiring) end"
            + " return lines";

    /** What users give to {@link DatabaseSpec#named(String, PluginSettings)}. */
    public static PluginSettings settings() {
        return () -> new SettingsDocument(ID, 1, Tree.branch().build());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String image() {
        return "valkey/valkey";
    }

    @Override
    public String defaultVersion() {
        return "8.1";
    }

    @Override
    public void check(DatabaseSpec spec, String version) {
        SettingsReader.of(spec.engine(), ID, 1).problems().throwIfAny();
        Problems.of("database \"" + spec.name() + "\"")
                .require(version.matches("[89](\\..*)?"), "version", "must be 8 or 9, such as 8.1")
                .require(spec.initScripts().isEmpty(), "initScripts", "Valkey has none")
                .throwIfAny();
    }

    @Override
    public Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        var lines = new StringBuilder("dir /data\nsave 3600 1 300 100 60 10000\n");
        // A dump is read from the disk, with its length before it.
        lines.append("repl-diskless-sync no\n");
        spec.parameters()
                .forEach((name, value) ->
                        lines.append(name).append(' ').append(value).append('\n'));
        lines.append("user default on #").append(sha256(login.password())).append(" ~* &* +@all\n");
        return Blueprint.of("/data", 6379, client(login, "PING"))
                .arguments(List.of("valkey-server", CONFIGURATION))
                .file(CONFIGURATION, Secret.of(lines.toString()), 0444);
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        return new Login("default", login.password(), "0").connection("redis", host, port);
    }

    @Override
    public EngineCommand client(Login login) {
        return client(login, new String[0]);
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        return List.of(new DumpPart("data", "rdb", client(login, "--rdb", "-"), Compression.NONE));
    }

    @Override
    public Seed seed(String part, DatabaseSpec spec) {
        return Seed.at("dump.rdb");
    }

    @Override
    public EngineCommand counts(Login login) {
        return client(login, "EVAL", COUNTS, "0");
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return client(login, "EVAL", VERSION, "0");
    }

    private static EngineCommand client(Login login, String... arguments) {
        var all = new ArrayList<>(List.of("valkey-cli", "-e"));
        login.address()
                .ifPresent(server -> all.addAll(List.of("-h", server.host(), "-p", Integer.toString(server.port()))));
        all.addAll(List.of(arguments));
        return new EngineCommand(all, Map.of("REDISCLI_AUTH", login.password()), Optional.empty());
    }

    private static String sha256(Secret password) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
