package io.dokploy.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The command line tools' side: {@code docker exec}, {@code zstd} and {@code rclone} in a pipe. */
final class BackupScript {

    private static final String RCLONE = "rclone/rclone:1.75.2";
    private static final String BUCKET = "s3:" + ObjectServer.BUCKET;
    private static final String OBJECT = BUCKET + "/script/dump.zst";

    private final Path directory;
    private final BenchmarkedEngine engine;
    private final Map<String, String> environment;

    BackupScript(Path directory, URI server, BenchmarkedEngine engine) throws IOException {
        this.directory = directory;
        this.engine = engine;
        this.environment = Map.of(
                "RCLONE_CONFIG_S3_TYPE",
                "s3",
                "RCLONE_CONFIG_S3_PROVIDER",
                "Other",
                "RCLONE_CONFIG_S3_ACCESS_KEY_ID",
                ObjectServer.ACCESS_KEY,
                "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY",
                ObjectServer.SECRET_KEY,
                "RCLONE_CONFIG_S3_ENDPOINT",
                server.toString(),
                "MYSQL_PWD",
                BenchmarkedEngine.PASSWORD);
        takeOutRclone();
        try (InputStream stream = BackupScript.class.getResourceAsStream("backup.sh")) {
            if (stream == null) {
                throw new IOException("the resource backup.sh is missing");
            }
            Files.copy(stream, directory.resolve("backup.sh"));
        }
        run("./rclone", "mkdir", BUCKET);
    }

    /** The tool itself, not through a container, which would slow its input down. */
    private void takeOutRclone() {
        var container = Program.run(directory, "docker", "create", RCLONE).strip();
        Program.run(directory, "docker", "cp", "-L", container + ":/usr/local/bin/rclone", "rclone");
        Program.run(directory, "docker", "rm", container);
    }

    /** Milliseconds of a backup of the database in that container. */
    long backUp(String container) throws IOException {
        return script("dump", container, "app");
    }

    /** Milliseconds of a restore into a new database in that container, which is removed again. */
    long restore(String container) throws IOException {
        script("create", container, "restored");
        long took = script("load", container, "restored");
        script("drop", container, "restored");
        return took;
    }

    private long script(String what, String container, String database) throws IOException {
        var begin = System.nanoTime();
        run("bash", "backup.sh", what, engine.name(), container, database, OBJECT);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private void run(String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exit + ": " + said);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
