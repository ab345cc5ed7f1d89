package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Cgroup v1 in the form of Docker 26.1.5, v2 as moby writes it (daemon/stats_unix.go, statsV2); shortened, same figures. */
class StatsFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"stats-cgroup-v1.json", "stats-cgroup-v2.json"})
    void bothKindsOfCgroupsAreRead(String recorded) throws Exception {
        try (var stream = getClass().getResourceAsStream(recorded)) {
            var stats = StatsForm.read(new JsonMapper().readTree(stream));
            assertThat(stats.time()).isEqualTo("2026-11-24T20:41:07.123456789Z");
            assertThat(stats.cpuNanos()).isEqualTo(100_215_355L);
            assertThat(stats.memory()).as("without what the kernel can drop").isEqualTo(6_537_216L - 2_109_440L);
            assertThat(stats.memoryLimit()).isEqualTo(67_108_864L);
            assertThat(stats.receivedBytes()).as("of both networks").isEqualTo(5_338L + 648L);
            assertThat(stats.sentBytes()).isEqualTo(737L + 42L);
            assertThat(stats.readBytes()).isEqualTo(4_096L);
            assertThat(stats.writtenBytes()).isEqualTo(8_192L);
        }
    }
}
