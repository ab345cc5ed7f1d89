package io.dokploy.testkit.host;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.engine.Command.Invocation;
import io.dokploy.testkit.engine.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database engine for the engine in memory, in versions 1 and 2: its data is one file, which says how many rows it has. From
 * another container a server is reached by its name, in a network of both, with the password that it may have.
 */
class FileDatabase implements AdoptsServers {

    private static final String ID = "file";
    private static final String ROWS = "/data/rows";
    private static final String PASSWORD = "/data/password";
    private static final int PORT = 4711;

    static PluginSettings settings() {
        return () -> new SettingsDocument(ID, 1, Tree.branch().build());
    }

    /** Its images, on that engine. */
    static void on(TestDokploy dokploy) {
        dokploy.engine().image("file:1");
        dokploy.engine().image("file:2");
        dokploy.engine()
                .program(ID, Program.serving().command(ID, invocation -> fetch(dokploy.containers(), invocation)));
    }

    /** Asks another server, {@code file HOST cat FILE}, or gives it a file of this container, {@code file HOST load FILE}. */
    private static int fetch(ContainerEngine engine, Invocation invocation) throws IOException {
        var words = invocation.arguments();
        var host = words.get(1);
        var here = invocation.environment().getOrDefault("HOSTNAME", "");
        if (!reaches(engine, here, host)) {
            return complain(invocation, "no such host");
        }
        var password = read(engine, host, List.of("cat", PASSWORD));
        if (!password.isEmpty() && !password.equals(invocation.environment().get("FILE_PASSWORD"))) {
            return complain(invocation, "wrong password");
        }
        if (words.get(2).equals("load")) {
            return load(engine, host, read(engine, here, List.of("cat", words.get(3))));
        }
        invocation
                .stdout()
                .write(read(engine, host, words.subList(2, words.size())).getBytes(StandardCharsets.UTF_8));
        return 0;
    }

    private static int load(ContainerEngine engine, String host, String rows) throws IOException {
        try (var session = engine.exec(host, fill())) {
            session.stdin().write(rows.getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            session.stdout().readAllBytes();
            return session.awaitExit(Duration.ofSeconds(10));
        }
    }

    private static boolean reaches(ContainerEngine engine, String from, String host) {
        var networks = engine.list(Map.of()).stream()
                .filter(container -> container.id().startsWith(from))
                .flatMap(container -> container.networks().keySet().stream())
                .toList();
        return engine.inspect(host)
                .filter(container -> container.networks().keySet().stream().anyMatch(networks::contains))
                .isPresent();
    }

    private static String read(ContainerEngine engine, String container, List<String> command) throws IOException {
        try (var session = engine.exec(container, ExecRequest.of(command.toArray(String[]::new)))) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int complain(Invocation invocation, String words) throws IOException {
        invocation.stderr().write(words.getBytes(StandardCharsets.UTF_8));
        return 2;
    }

    /** That command in the server's own container, or from elsewhere. */
    static EngineCommand at(Login login, String... command) {
        return login.address()
                .map(address -> {
                    var words = new ArrayList<>(List.of(ID, address.host()));
                    words.addAll(List.of(command));
                    return EngineCommand.of(words.toArray(String[]::new)).with("FILE_PASSWORD", login.password());
                })
                .orElseGet(() -> EngineCommand.of(command));
    }

    /** The command that makes what it reads the password. */
    static ExecRequest protect() {
        return ExecRequest.of("sh", "-c", "cat >" + PASSWORD).withStdin();
    }

    /** The command that makes what it reads the content. */
    static ExecRequest fill() {
        return ExecRequest.of("sh", "-c", "cat >" + ROWS).withStdin();
    }

    static ExecRequest show() {
        return ExecRequest.of("cat", ROWS);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String image() {
        return ID;
    }

    @Override
    public String defaultVersion() {
        return "1";
    }

    @Override
    public void check(DatabaseSpec spec, String version) {}

    @Override
    public Blueprint blueprint(DatabaseSpec spec, String version, Login login) {
        return Blueprint.of("/data", PORT, EngineCommand.of("true"));
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        return new DatabaseConnection(
                host,
                port,
                login.user(),
                login.password(),
                login.database(),
                Secret.of("file://" + host + ":" + port + "/" + login.database()),
                Optional.empty());
    }

    @Override
    public EngineCommand client(Login login) {
        return EngineCommand.of("sh");
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        return List.of(new DumpPart("data", "rows", at(login, "cat", ROWS), Compression.BY_THE_TOOL));
    }

    @Override
    public EngineCommand restore(String part, String version, Login login) {
        return EngineCommand.of("sh", "-c", "cat >" + ROWS);
    }

    @Override
    public EngineCommand counts(Login login) {
        return at(login, "cat", ROWS);
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return at(login, "echo", "file 1.0");
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public Optional<String> tagFor(String serverVersion) {
        return Optional.of("1").filter(tag -> serverVersion.equals("file 1.0"));
    }
}
