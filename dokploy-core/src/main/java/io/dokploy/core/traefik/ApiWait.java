package io.dokploy.core.traefik;

import io.dokploy.api.error.RouterSetupException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits until a Traefik that has just been started answers on its private entry point. */
final class ApiWait {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TraefikApi api;
    private final RouteFolder folder;
    private final ContainerEngine engine;
    private final String container;

    ApiWait(TraefikApi api, RouteFolder folder, ContainerEngine engine, String container) {
        this.api = api;
        this.folder = folder;
        this.engine = engine;
        this.container = container;
    }

    /** @throws RouterSetupException if it does not, with what is in the way */
    void await(CancelToken cancelToken) {
        var wait = new Wait(DEADLINE, cancelToken);
        boolean restarted = false;
        while (!answers(cancelToken)) {
            if (!wait.pause("start of Traefik")) {
                throw problem("its private entry point " + api.address() + " does not answer");
            }
            if (!restarted && missedItsFolder()) {
                engine.stop(container, Duration.ofSeconds(5));
                engine.start(container);
                restarted = true;
            }
        }
    }

    private boolean answers(CancelToken cancelToken) {
        try {
            return !api.entryPoints(cancelToken).isEmpty();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** A Traefik that finds an unreadable file when it starts never looks at its folder again. */
    private boolean missedItsFolder() {
        List<String> errors = errors();
        if (errors.stream().noneMatch(error -> error.contains("collecting file configs"))) {
            return false;
        }
        new BrokenFiles(folder.path()).find(List.of()).ifPresent(file -> {
            throw problem("it reads none of its files because of " + file);
        });
        return true;
    }

    private RouterSetupException problem(String reason) {
        boolean running =
                engine.inspect(container).filter(ContainerInfo::isRunning).isPresent();
        List<String> errors = errors();
        String said = errors.isEmpty() ? "" : "\nIts log says: " + errors.get(errors.size() - 1);
        return new RouterSetupException(
                "container " + container,
                reason + (running ? "" : "; it does not run") + said,
                "Mend what the reason says, then start again.");
    }

    private List<String> errors() {
        return new TraefikLog(engine, Optional.of(container)).errors(startedAt());
    }

    private Optional<Instant> startedAt() {
        return engine.inspect(container).flatMap(ContainerInfo::started);
    }
}
