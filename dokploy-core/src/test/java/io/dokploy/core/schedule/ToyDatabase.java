package io.dokploy.core.schedule;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.DumpPart.Compression;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.testkit.engine.Command.Invocation;
import io.dokploy.testkit.engine.InMemoryEngine;
import io.dokploy.testkit.engine.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A database engine for the in-memory container engine: it holds one text, whose letters are its rows, and has a log. */
final class ToyDatabase implements ArchivesLog {

    private static final String ID = "toy";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String content = "content";
    private volatile boolean dumpFails;
    private volatile boolean restoreLoses;

    private final ToyLog log;

    private ToyDatabase(Clock clock) {
        this.log = new ToyLog(clock);
    }

    /** Puts it on that engine. */
    static ToyDatabase on(InMemoryEngine engine, Clock clock) {
        var toy = new ToyDatabase(clock);
        engine.script().image("toy:1");
        engine.script()
                .program(
                        "toy",
                        Program.serving()
                                .command(ID, toy::run)
                                .command("ls", toy.log::list)
                                .command("cat", toy.log::show)
                                .command("rm", toy.log::remove));
        return toy;
    }

    static PluginSettings settings() {
        return () -> new SettingsDocument(ID, 1, Tree.branch().build());
    }

    /** What databases that are not restored hold. */
    void holds(String text) {
        content = text;
    }

    void dumpFails(boolean fails) {
        dumpFails = fails;
    }

    /** Restored databases lack something. */
    void restoreLoses(boolean loses) {
        restoreLoses = loses;
    }

    /** Dumps wait from now on. */
    void holdDumps() {
        gate = new CountDownLatch(1);
    }

    void letDumpsGo() {
        gate.countDown();
    }

    private int run(Invocation call) throws IOException, InterruptedException {
        var container = call.environment().getOrDefault("HOSTNAME", "");
        var text = texts.getOrDefault(container, content);
        switch (call.arguments().get(1)) {
            case "dump" -> {
                gate.await();
                write(call, text);
                return dumpFails ? 1 : 0;
            }
            case "restore" -> {
                var restored = new String(call.stdin().readAllBytes(), StandardCharsets.UTF_8);
                texts.put(container, restoreLoses ? restored.substring(1) : restored);
            }
            case "counts" -> write(call, "letters\t" + text.length() + "\n");
            case "base" -> call.stdout().write(files(text));
            case "current" -> {
                return log.current(call);
            }
            case "close" -> {
                return log.close(call);
            }
            case "version" -> write(call, "toy 1.0\n");
            case "client" -> {
                var statement = new String(call.stdin().readAllBytes(), StandardCharsets.UTF_8).strip();
                write(call, statement.equals("show") ? "  " + text + "  \n(1 row)\n" : "");
                return statement.equals("fail") ? 3 : 0;
            }
            default -> {
                return 0;
            }
        }
        return 0;
    }

    /** With a folder for the log. */
    private static byte[] files(String text) throws IOException {
        var content = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("log/"));
            tar.closeArchiveEntry();
            var entry = new TarArchiveEntry("text");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void write(Invocation call, String text) throws IOException {
        call.stdout().write(text.getBytes(StandardCharsets.UTF_8));
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
        return Blueprint.of("/data", 4711, EngineCommand.of(ID, "ready"));
    }

    @Override
    public DatabaseConnection connection(Login login, String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EngineCommand client(Login login) {
        return EngineCommand.of(ID, "client");
    }

    @Override
    public List<DumpPart> dump(DatabaseSpec spec, String version, Login login) {
        return List.of(new DumpPart("data", "toy", EngineCommand.of(ID, "dump"), Compression.BY_THE_TOOL));
    }

    @Override
    public EngineCommand restore(String part, String version, Login login) {
        return EngineCommand.of(ID, "restore");
    }

    @Override
    public EngineCommand counts(Login login) {
        return EngineCommand.of(ID, "counts");
    }

    @Override
    public EngineCommand serverVersion(Login login) {
        return EngineCommand.of(ID, "version");
    }

    @Override
    public List<EngineCommand> changePassword(Login login, String user, Secret newPassword) {
        return List.of();
    }

    @Override
    public List<EngineCommand> keepLog(Login login) {
        return List.of();
    }

    @Override
    public EngineCommand releaseLog(Login login) {
        return EngineCommand.of(ID, "nothing");
    }

    @Override
    public Receiver receiver(Login login) {
        return new Receiver(List.of("receive"), Map.of(), List.of(), "/log");
    }

    @Override
    public EngineCommand committed(Login login) {
        return currentSegment(login);
    }

    @Override
    public EngineCommand currentSegment(Login login) {
        return EngineCommand.of(ID, "current");
    }

    @Override
    public EngineCommand closeSegment(Login login) {
        return EngineCommand.of(ID, "close");
    }

    @Override
    public boolean isSegment(String file) {
        return ToyLog.isSegment(file);
    }

    @Override
    public String segmentAfter(String segment) {
        return ToyLog.after(segment);
    }

    @Override
    public EngineCommand nameMoment(Login login, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DumpPart base(Login login) {
        return new DumpPart("base", "tar", EngineCommand.of(ID, "base"), Compression.BY_THE_TOOL);
    }

    @Override
    public String baseFolder(String version) {
        return "/data";
    }

    @Override
    public String logFolder() {
        return "log";
    }

    @Override
    public Blueprint recovering(Blueprint serving, String version, Moment moment) {
        return serving;
    }
}
