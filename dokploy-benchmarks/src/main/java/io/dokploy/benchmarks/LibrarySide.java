package io.dokploy.benchmarks;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Dokploy;
import io.dokploy.api.Operation;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** This library with its managed Traefik and its defaults. */
final class LibrarySide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Dokploy dokploy;
    private final String url;
    private final FrontDoor door;

    LibrarySide(Path directory, String url) {
        this.url = url;
        int http = FreePort.next();
        this.door = new FrontDoor(http, "app.localhost");
        this.dokploy = DokployBuilder.create()
                .store(Store.embedded(directory))
                .router(TraefikSettings.managed()
                        .bindAddress("127.0.0.1")
                        .httpPort(http)
                        .httpsPort(FreePort.next()))
                .label("io.dokploy.run", "benchmark")
                .label(
                        "io.dokploy.run.pid",
                        Long.toString(ProcessHandle.current().pid()))
                .build();
        dokploy.start();
        applications().create(spec().build());
    }

    private ApplicationSpec.Builder spec() {
        return ApplicationSpec.named("app")
                .source(GitSource.of(url).branch("main"))
                .domain(Domain.of("app.localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"));
    }

    /** Deploys what the branch holds; returns the time to the first answer of that version. */
    Duration deploy(String version) {
        return measure("changed commit", version, () -> applications().deploy("app"));
    }

    /** Deploys the same commit with a variable more, which makes the application say another version. */
    Duration configure(String version) {
        set(spec().env("VERSION", version).build());
        var took = measure("configuration", version, () -> applications().deploy("app"));
        set(spec().build());
        return took;
    }

    /** Goes back to the release before, which says that version. */
    Duration rollBack(String version) {
        return measure("rollback", version, () -> applications().rollback("app"));
    }

    /** Deploys although nothing has changed; returns the time to the end of the call. */
    Duration nothing() {
        var begin = System.nanoTime();
        var operation = applications().deploy("app");
        operation.await(PATIENCE);
        return said("nothing changed", Duration.ofNanos(System.nanoTime() - begin), operation);
    }

    /** Asks at the front door from the switch on, as the script does: to be asked before costs the one who is measured. */
    private Duration measure(String what, String version, Supplier<Operation<Release>> request) {
        var switching = new CompletableFuture<Void>();
        try (var subscription = dokploy.events().subscribe(event -> {
            if (isSwitch(event)) {
                switching.complete(null);
            }
        })) {
            var begin = System.nanoTime();
            var operation = request.get();
            CompletableFuture.anyOf(switching, operation.future()).join();
            door.await(version);
            var took = Duration.ofNanos(System.nanoTime() - begin);
            operation.await(PATIENCE);
            return said(what, took, operation);
        }
    }

    private static boolean isSwitch(Event event) {
        return event.type().equals(EventType.STEP_STARTED)
                && event.data().text("step", "").equals("switch");
    }

    private static Duration said(String what, Duration took, Operation<Release> operation) {
        var steps = operation.events().stream()
                .filter(event -> event.type().equals(EventType.STEP_FINISHED))
                .map(event ->
                        event.data().text("step", "?") + " " + event.data().number("milliseconds", 0))
                .collect(Collectors.joining(", "));
        System.out.println("  library, " + what + ", ms: " + steps + ", in all " + took.toMillis());
        return took;
    }

    private void set(ApplicationSpec spec) {
        applications().update("app", applications().get("app").version(), spec);
    }

    private Applications applications() {
        return dokploy.as(Actor.of("benchmark")).applications();
    }

    @Override
    public void close() {
        dokploy.as(Actor.of("benchmark")).maintenance().uninstall().await(PATIENCE);
        dokploy.close();
    }
}
