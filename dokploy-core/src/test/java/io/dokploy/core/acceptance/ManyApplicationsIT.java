package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many applications at once, in little memory. */
class ManyApplicationsIT {

    @TempDir
    Path directory;

    @Test
    void twentyAreDeployedAtOnceWithAHeapOf128MiB() {
        long begin = System.nanoTime();
        var output = Site.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TwentyApplications.class.getName(),
                directory.toString()));
        System.out.println("20 applications at once with -Xmx128m: " + (System.nanoTime() - begin) / 1_000_000_000
                + " s from the start of the JVM to its end");
        assertThat(output).contains(TwentyApplications.COUNT + " served").doesNotContain("OutOfMemory");
    }
}
