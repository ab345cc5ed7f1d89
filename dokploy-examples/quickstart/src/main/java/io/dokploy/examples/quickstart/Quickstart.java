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
        var repository = arguments[0];
        try (Dokploy dokploy = DokployBuilder.create()
                .store(Store.embedded(Path.of("dokploy-data")))
                .router(TraefikSettings.managed())
                .build()) {
            dokploy.start();
            var applications = dokploy.as(Actor.of("quickstart")).applications();

            if (applications.find("shop").isEmpty()) {
                applications.create(shop(repository));
            }
            Release live = applications.deploy("shop").await(Duration.ofMinutes(10));
            System.out.println("http://shop.localhost serves " + live.id());
        }
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
