package io.dokploy.testkit;

import io.dokploy.api.Actor;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.OperationId;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.Release.ReleaseImage;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.source.ImageSource;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.engine.ContainerEngine;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Applications and releases with ids that nobody else has. */
final class SampleReleases {

    private SampleReleases() {}

    static ApplicationRef application(String instance, String name) {
        return new ApplicationRef(
                instance,
                new ApplicationId("app_" + unique(26)),
                "testkit" + unique(6).toLowerCase(Locale.ROOT),
                "production",
                name);
    }

    static ReleaseId releaseId() {
        return new ReleaseId("rel_" + unique(26));
    }

    static ApplicationSpec.Builder spec(String name, String image) {
        return ApplicationSpec.named(name).source(ImageSource.of(image));
    }

    static Release release(ApplicationRef application, ApplicationSpec spec, ContainerEngine engine, String image) {
        String id = engine.inspectImage(image).orElseThrow().id();
        return new Release(
                releaseId(),
                application.id(),
                new OperationId("op_" + unique(26)),
                new ReleaseImage(id, image, Optional.empty(), Optional.empty()),
                spec,
                spec.environment(),
                Optional.empty(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Actor.of("testkit"));
    }

    static String unique(int length) {
        return UUID.randomUUID()
                .toString()
                .replace("-", "")
                .toUpperCase(Locale.ROOT)
                .substring(0, length);
    }
}
