package io.dokploy.benchmarks;

import io.dokploy.api.Actor;
import io.dokploy.api.Client;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.Operation;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.s3.S3Settings;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The library's side, in a JVM of its own whose memory can be limited. Reads {@code backup}, {@code restore} and
 * {@code memory} from its input and answers each with one line.
 */
final class BackupProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String DATABASE = "bench-db";

    private final Client client;
    private BackupId last = new BackupId("none");

    private BackupProgram(Client client) {
        this.client = client;
    }

    /** Arguments: a folder, the address of the S3 server, the engine, the size of the data in MB. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        try (var dokploy = DokployBuilder.create()
                .store(Store.embedded(Path.of(arguments[0])))
                .router(TraefikSettings.managed()
                        .bindAddress("127.0.0.1")
                        .httpPort(FreePort.next())
                        .httpsPort(FreePort.next()))
                .label("io.dokploy.run", "benchmark")
                .label(
                        "io.dokploy.run.pid",
                        Long.toString(ProcessHandle.current().pid()))
                .build()) {
            dokploy.start();
            var program = new BackupProgram(dokploy.as(Actor.of("benchmark")));
            try {
                program.prepare(
                        URI.create(arguments[1]),
                        BenchmarkedEngine.valueOf(arguments[2]),
                        Integer.parseInt(arguments[3]));
                program.serve();
            } finally {
                program.remove();
            }
        }
    }

    private void prepare(URI endpoint, BenchmarkedEngine engine, int megabytes) throws IOException {
        client.backups()
                .putTarget(
                        "s3",
                        S3Settings.bucket(ObjectServer.BUCKET)
                                .endpoint(endpoint)
                                .credentials(ObjectServer.ACCESS_KEY, Secret.of(ObjectServer.SECRET_KEY))
                                .build());
        client.databases().create(engine.spec(DATABASE)).await(PATIENCE);
        try (var session = client.databases().client(DATABASE)) {
            try (var input = session.stdin()) {
                input.write(engine.statements(megabytes).getBytes(StandardCharsets.UTF_8));
            }
            session.stdout().readAllBytes();
            int exit = session.awaitExit(PATIENCE);
            if (exit != 0) {
                throw new IOException("the data could not be made: "
                        + new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        System.out.println("ready");
    }

    private void serve() throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "backup" -> System.out.println(backup());
                case "restore" -> System.out.println(restore());
                case "memory" -> System.out.println(peakKilobytes());
                default -> throw new IOException("unknown command " + command);
            }
        }
    }

    /** @return milliseconds until it is stored, without its proof */
    private long backup() {
        var operation = client.backups().backUp(DATABASE, "s3");
        last = operation.await(PATIENCE).backup().id();
        return took(operation, "dump");
    }

    /** @return milliseconds until the data is there, without the container's start, the comparison and the swap */
    private long restore() {
        var operation = client.backups().restore(last, DATABASE);
        operation.await(PATIENCE);
        return took(operation, "restore");
    }

    private static long took(Operation<?> operation, String step) {
        return operation.events().stream()
                .filter(event -> event.type().equals(EventType.STEP_FINISHED))
                .filter(event -> event.data().text("step", "").equals(step))
                .mapToLong(event -> event.data().number("milliseconds", 0))
                .findFirst()
                .orElseThrow();
    }

    /** The most that this process has ever had in memory, as the kernel counts it. */
    private static long peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private void remove() {
        for (var database : client.databases().list()) {
            client.databases()
                    .delete(database.name(), DeleteRequest.withVolumes())
                    .await(PATIENCE);
        }
        client.maintenance().uninstall().await(PATIENCE);
    }
}
