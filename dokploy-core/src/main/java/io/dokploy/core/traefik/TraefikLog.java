package io.dokploy.core.traefik;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.spi.engine.ContainerEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of Traefik's container, where some of its errors are told and nowhere else. */
final class TraefikLog {

    private static final Logger LOG = LoggerFactory.getLogger(TraefikLog.class);
    private static final int TAIL = 1000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ContainerEngine engine;
    private final Optional<String> container;

    /** Of that container; empty if we do not know it. */
    TraefikLog(ContainerEngine engine, Optional<String> container) {
        this.engine = engine;
        this.container = container;
    }

    /** What it complained about, oldest first; nothing if there is no log to read. */
    List<String> errors(Optional<Instant> since) {
        var errors = new ArrayList<String>();
        for (String line : lines(since)) {
            error(line).ifPresent(errors::add);
        }
        return List.copyOf(errors);
    }

    private List<String> lines(Optional<Instant> since) {
        if (container.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        try (var log = engine.logs(container.get(), since, Optional.of(TAIL), false)) {
            log.forEachRemaining(line -> lines.add(line.text()));
        } catch (NotFoundException e) {
            LOG.debug("no container {}, no log", container.get(), e);
        } catch (DokployException e) {
            LOG.warn("cannot read the log of container {}", container.get(), e); // the caller has an error of its own
        }
        return lines;
    }

    private static Optional<String> error(String line) {
        if (!line.startsWith("{")) {
            return line.contains("ERR") || line.contains("level=error") ? Optional.of(line) : Optional.empty();
        }
        try {
            JsonNode entry = JSON.readTree(line);
            if (!entry.path("level").asString("").matches("error|fatal|panic")) {
                return Optional.empty();
            }
            String message = entry.path("message").asString("") + hosts(entry.path("domains"));
            String error = entry.path("error").asString("");
            return Optional.of(error.isEmpty() ? message : message + ": " + error);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The hosts that an entry is about; some messages name them only here. */
    private static String hosts(JsonNode domains) {
        var names = new ArrayList<String>();
        domains.forEach(domain -> names.add(domain.asString("")));
        return names.isEmpty() ? "" : names.stream().collect(Collectors.joining("] [", " [", "]"));
    }
}
