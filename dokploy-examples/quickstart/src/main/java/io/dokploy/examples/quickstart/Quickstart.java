package io.dokploy.examples.quickstart;

import io.dokploy.api.Actor;
import io.dokploy.api.Dokploy;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.nio.file.Path;
import java.time.Duration;

/** Deploys a Git repository: {@code Quickstart https://github.com/you/shop.git}. */
public final class Quickstart {

    private Quickstart() {}

    /** Deploys the repository of the first argument and leaves it running. */
    public static void main(String[] arguments) {
        try (Dokploy dokploy = platform(Path.of("dokploy-data"), 80, 443).build()) {
            dokploy.start();
            var applications = dokploy.as(Actor.of("quickstart")).applications();
            var shop = shop(arguments[0]);
            applications
                    .find("shop")
                    .ifPresentOrElse(
                            existing -> applications.update("shop", existing.version(), shop),
                            () -> applications.create(shop));

            Release live = applications.deploy("shop").await(Duration.ofMinutes(10));

            System.out.println("http://shop.localhost serves " + live.id());
        }
    }

    /** A platform that keeps everything in a directory, with a Traefik on two ports of this machine. */
    static DokployBuilder platform(Path directory, int httpPort, int httpsPort) {
        return DokployBuilder.create()
                .store(Store.embedded(directory))
                .router(TraefikSettings.managed().httpPort(httpPort).httpsPort(httpsPort));
    }

    /** An application with one domain and a health check. How it is built is found out from its files. */
    static ApplicationSpec shop(String repository) {
        return ApplicationSpec.named("shop")
                .source(GitSource.of(repository).branch("main"))
                .domain(Domain.of("shop.localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"))
                .healthyWithin(Duration.ofSeconds(15))
                .env("GREETING", "Hello")
                .build();
    }
}
