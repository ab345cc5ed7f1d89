package io.dokploy.core.traefik;

import io.dokploy.api.error.RouterNotUpdatedException;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.core.traefik.TraefikApi.LoadedRouter;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.PluginContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sees that Traefik uses a file, or finds out why it does not. */
final class InForce {

    private final TraefikApi api;
    private final RouteFolder folder;
    private final Optional<String> container;
    private final Duration deadline;

    InForce(TraefikApi api, RouteFolder folder, Optional<String> container, Duration deadline) {
        this.api = api;
        this.folder = folder;
        this.container = container;
        this.deadline = deadline;
    }

    void await(ApplicationRef application, long revision, PluginContext context) {
        String name = Names.of(application);
        Instant start = context.clock().instant();
        var wait = new Wait(deadline, context.cancelToken());
        String lastAnswer = "it still uses the former one";
        while (true) {
            try {
                if (api.inForce(name, revision, context.cancelToken())) {
                    requireAccepted(application, name, context.cancelToken());
                    return;
                }
            } catch (IOException e) {
                lastAnswer = "its private entry point does not answer: " + Problem.of(e);
            }
            if (!wait.pause("routes of " + application.subject())) {
                throw notUpdated(application, start, lastAnswer, context);
            }
        }
    }

    /** A route that Traefik has read may still be one that it refuses. */
    private void requireAccepted(ApplicationRef application, String name, CancelToken cancelToken) throws IOException {
        String refused = api.routers(name + "_", cancelToken).stream()
                .filter(router -> router.name().startsWith(name + "_"))
                .filter(router -> !router.enabled())
                .map(InForce::describe)
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            throw new RouterSetupException(
                    "routes of " + application.subject(),
                    "Traefik refuses " + refused,
                    "Correct the domain's settings that the reason names.");
        }
    }

    private static String describe(LoadedRouter router) {
        return router.rule() + " (" + String.join(", ", router.problems()) + ")";
    }

    private RouterNotUpdatedException notUpdated(
            ApplicationRef application, Instant start, String lastAnswer, PluginContext context) {
        var log = new TraefikLog(context.engine(), container);
        Optional<String> broken = new BrokenFiles(folder.path()).find(log.errors(Optional.of(start.minusSeconds(10))));
        return new RouterNotUpdatedException(
                "routes of " + application.subject(),
                "Traefik has not taken them within " + deadline.toMillis() + " ms: "
                        + broken.map(file -> "it reads no file of " + folder.path() + " because of " + file)
                                .orElse(lastAnswer),
                broken.isPresent()
                        ? "Mend or remove that file, then deploy again."
                        : "See what Traefik's log says, then deploy again.");
    }
}
