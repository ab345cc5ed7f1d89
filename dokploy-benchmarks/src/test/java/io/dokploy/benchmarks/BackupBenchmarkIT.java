package io.dokploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class BackupBenchmarkIT {

    @TempDir
    Path directory;

    @Test
    void aBackupAndARestoreAreFasterThanTheCommandLineTools() throws IOException {
        var result = BackupBenchmark.run(BenchmarkedEngine.POSTGRES, 2000, 3);
        System.out.println(result);
        assertThat(result.backupSpeed()).isGreaterThan(1.3);
        assertThat(result.restoreSpeed()).isGreaterThan(1.3);
    }

    @Test
    void aBackupAndARestoreOfMySqlAreAboutAsFastAsTheCommandLineTools() throws IOException {
        var result = BackupBenchmark.run(BenchmarkedEngine.MYSQL, 2000, 2);
        System.out.println(result);
        assertThat(result.backupSpeed()).isGreaterThan(0.85);
        assertThat(result.restoreSpeed()).isGreaterThan(0.95);
    }

    @Test
    void memoryDoesNotGrowWithTheSizeOfTheDatabase() throws IOException {
        long small = peakOfABackupOf(100);
        long large = peakOfABackupOf(4000);
        System.out.printf("FIGURE peak memory of a backup: 100 MB %d kB, 4 GB %d kB%n", small, large);
        assertThat(large).isCloseTo(small, Percentage.withPercentage(10));
    }

    private long peakOfABackupOf(int megabytes) throws IOException {
        var folder = Files.createDirectory(directory.resolve(megabytes + "-mb"));
        try (var server = new ObjectServer(folder)) {
            new BackupScript(folder, server.endpoint(), BenchmarkedEngine.POSTGRES); // makes the bucket
            try (var library = new BackupProcess(
                    folder, server.endpoint(), BenchmarkedEngine.POSTGRES, megabytes, BackupBenchmark.HEAP)) {
                library.backUp();
                return library.peakKilobytes();
            }
        }
    }
}
