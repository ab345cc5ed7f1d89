package io.dokploy.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A backup of a database into a bucket, and its restore, by this library in a heap of 96 MB against {@code docker exec …
 * pg_dump | zstd | rclone rcat} (mysqldump, mariadb-dump) and the way back, in turns on the same database: compressed by zstd
 * at the same level, not encrypted. The library's time of a backup has the counting of all rows in it.
 */
public final class BackupBenchmark {

    static final String HEAP = "96m";

    private BackupBenchmark() {}

    /** Arguments: megabytes of data (default 2000), rounds (default 3), engine (default POSTGRES). Prints times and ratios. */
    public static void main(String[] arguments) throws IOException {
        int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var engine = BenchmarkedEngine.valueOf(arguments.length > 2 ? arguments[2] : "POSTGRES");
        System.out.println(run(engine, megabytes, rounds));
    }

    /**
     * How long each took, in milliseconds.
     *
     * @param peakKilobytes the most memory that the library's process had
     */
    record Result(
            List<Long> scriptBackups,
            List<Long> backups,
            List<Long> scriptRestores,
            List<Long> restores,
            long peakKilobytes) {

        /** How many times as fast as the script. */
        double backupSpeed() {
            return (double) median(scriptBackups) / median(backups);
        }

        /** How many times as fast as the script. */
        double restoreSpeed() {
            return (double) median(scriptRestores) / median(restores);
        }

        private static long median(List<Long> values) {
            return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "backup:  script %s ms, library %s ms, %.2f times as fast%n"
                            + "restore: script %s ms, library %s ms, %.2f times as fast%n"
                            + "peak memory of the library's process: %d MB",
                    scriptBackups,
                    backups,
                    backupSpeed(),
                    scriptRestores,
                    restores,
                    restoreSpeed(),
                    peakKilobytes / 1024);
        }
    }

    static Result run(BenchmarkedEngine engine, int megabytes, int rounds) throws IOException {
        var directory = Files.createTempDirectory("dokploy-benchmark-");
        try (var server = new ObjectServer(directory)) {
            var script = new BackupScript(directory, server.endpoint(), engine);
            try (var library = new BackupProcess(directory, server.endpoint(), engine, megabytes, HEAP)) {
                return rounds(rounds, script, library);
            }
        } finally {
            Program.run(Path.of("/"), "rm", "-rf", directory.toString());
        }
    }

    private static Result rounds(int rounds, BackupScript script, BackupProcess library) throws IOException {
        var scriptBackups = new ArrayList<Long>();
        var backups = new ArrayList<Long>();
        var scriptRestores = new ArrayList<Long>();
        var restores = new ArrayList<Long>();
        for (int i = 0; i < rounds; i++) {
            var container = library.container();
            scriptBackups.add(script.backUp(container));
            backups.add(library.backUp());
            scriptRestores.add(script.restore(container));
            restores.add(library.restore());
        }
        return new Result(scriptBackups, backups, scriptRestores, restores, library.peakKilobytes());
    }
}
