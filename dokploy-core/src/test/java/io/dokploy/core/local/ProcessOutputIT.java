package io.dokploy.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Processes.ProcessCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However much a program prints, it passes through constant memory. */
class ProcessOutputIT {

    /** Counts what a program prints, in a JVM with little memory. */
    static final class Reader {
        public static void main(String[] arguments) {
            long[] read = new long[1];
            new LocalProcesses(CancelToken.never(), UnaryOperator.identity())
                    .run(
                            new ProcessCommand(
                                    List.of("sh", "-c", "yes " + "x".repeat(999) + " | head -c " + arguments[0]),
                                    Map.of(),
                                    Map.of("TOKEN", Secret.of("s3cr3t")),
                                    Path.of("/"),
                                    Duration.ofMinutes(5)),
                            line -> read[0] += line.length() + 1);
            System.out.println(read[0]);
        }
    }

    private static String readWithLittleMemory(long bytes) throws Exception {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        Long.toString(bytes))
                .redirectErrorStream(true)
                .start();
        try (var output = jvm.getInputStream()) {
            return new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    @Test
    void output_of_a_hundred_megabytes_passes_in_16_megabytes_of_memory() throws Exception {
        assertThat(readWithLittleMemory(100_000_000)).isEqualTo("100000000");
    }

    @Test
    @Tag("long")
    void output_of_a_gigabyte_passes_in_16_megabytes_of_memory() throws Exception {
        assertThat(readWithLittleMemory(1_000_000_000)).isEqualTo("1000000000");
    }
}
