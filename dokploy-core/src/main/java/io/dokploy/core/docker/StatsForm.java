package io.dokploy.core.docker;

import io.dokploy.spi.engine.ContainerEngine.ContainerStats;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Samples as the engine writes them, for cgroup v1 and v2 alike. */
final class StatsForm {

    private StatsForm() {}

    static ContainerStats read(JsonNode node) {
        var memory = node.path("memory_stats");
        var details = memory.path("stats");
        // What the kernel can drop at once: named total_inactive_file by cgroup v1, inactive_file by v2.
        long droppable = details.path("total_inactive_file")
                .asLong(details.path("inactive_file").asLong(0));
        long received = 0;
        long sent = 0;
        for (JsonNode network : node.path("networks").values()) {
            received += network.path("rx_bytes").asLong(0);
            sent += network.path("tx_bytes").asLong(0);
        }
        long read = 0;
        long written = 0;
        for (JsonNode entry :
                node.path("blkio_stats").path("io_service_bytes_recursive").values()) {
            var operation = entry.path("op").asString("");
            if (operation.equalsIgnoreCase("read")) {
                read += entry.path("value").asLong(0);
            } else if (operation.equalsIgnoreCase("write")) {
                written += entry.path("value").asLong(0);
            }
        }
        return new ContainerStats(
                Instant.parse(node.path("read").asString("1970-01-01T00:00:00Z")),
                node.path("cpu_stats").path("cpu_usage").path("total_usage").asLong(0),
                Math.max(0, memory.path("usage").asLong(0) - droppable),
                memory.path("limit").asLong(0),
                received,
                sent,
                read,
                written);
    }
}
