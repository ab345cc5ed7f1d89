package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.backup.Backup.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A restore that stands still says where. */
class WhereaboutsTest {

    private static final Part PART = new Part("data", "a/data.pgdump", "pgdump", false, 9 << 20, 3 << 20, "00");

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void itIsSaidAgainAndAgainHowFarItIsAndForWhomItWaits() throws IOException {
        var counted = Counted.sized();
        try (var whereabouts = new Whereabouts(PART, said::add, Duration.ofMillis(5))) {
            await().until(() -> said.size() >= 2);
            whereabouts
                    .of(counted.of(new ByteArrayInputStream(new byte[1 << 20])), counted)
                    .readNBytes(1 << 20);
            await().until(() -> said.contains("Restoring data: 1.0 MiB of 3.0 MiB were read;"
                    + " it waits for the tool of the database to take more"));
        }
        assertThat(said.get(0))
                .isEqualTo("Restoring data: 0 B of 3.0 MiB were read; it waits for the place of the backup");
    }

    @Test
    void whatIsQuickSaysNothingAndLeavesNoThread() {
        new Whereabouts(PART, said::add).close();
        assertThat(said).isEmpty();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("dokploy-whereabouts")));
    }
}
