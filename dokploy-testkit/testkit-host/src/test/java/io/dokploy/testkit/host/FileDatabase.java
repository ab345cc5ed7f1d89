package io.dokploy.testkit.host;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.engine.Command.Invocation;
import io.dokploy.testkit.engine.Program;
import java.io.IOException;
import java.util.List;

/** A database engine for the engine in memory, in versions 1 and 2: its data is one file, which says how many rows it has. */
final class FileDatabase implements DatabaseProvisioner {

    private static final String ID = "file";
    private static final String ROWS = "/data/rows";

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

    /** Dumps another server, as the tools of a newer version do. */
    private static int fetch(ContainerEngine engine, Invocation invocation) throws IOException {
        try (var session = engine.exec(invocation.arguments().get(1), ExecRequest.of("cat", ROWS))) {
            session.stdout().transferTo(invocation.stdout());
        }
        return 0;
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
        return Blueprint.of("/data", 4711, EngineCommand.of("true"));
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EngineCommand client(Login login) {
        return EngineCommand.of("sh");
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        var command = login.address()
                .map(address -> EngineCommand.of(ID, address.host()))
                .orElseGet(() -> EngineCommand.of("cat", ROWS));
        return List.of(new DumpPart("data", "rows", command, Compression.BY_THE_TOOL));
    }

    @Override
    public EngineCommand restore(String part, String version, Login login) {
        return EngineCommand.of("sh", "-c", "cat >" + ROWS);
    }

    @Override
    public EngineCommand counts(Login login) {
        return EngineCommand.of("cat", ROWS);
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return EngineCommand.of("echo", "file 1.0");
    }
}
