package io.dokploy.spi.engine;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image to be built. {@link #of(Path, String)} starts one; the other methods give changed copies.
 *
 * @param context     the directory on this JVM's machine that is sent to the engine
 * @param dockerfile  path of the Dockerfile, inside or outside of the context
 * @param tag         name for the image
 * @param target      stage to build, or empty for the last
 * @param arguments   build arguments; in the image's history
 * @param secrets     BuildKit secrets by id; need BuildKit
 * @param labels      for the image
 * @param noCache     whether nothing may be taken from a cache
 * @param credentials logins for base images
 */
public record ImageBuild(
        Path context,
        Path dockerfile,
        String tag,
        Optional<String> target,
        Map<String, String> arguments,
        Map<String, Secret> secrets,
        Map<String, String> labels,
        boolean noCache,
        List<RegistryCredentials> credentials) {
    public ImageBuild {
        arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        secrets = Map.copyOf(secrets);
        labels = Map.copyOf(labels);
        credentials = List.copyOf(credentials);
    }

    /** The directory's own Dockerfile. */
    public static ImageBuild of(Path context, String tag) {
        return new ImageBuild(
                context,
                context.resolve("Dockerfile"),
                tag,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                false,
                List.of());
    }

    /** The same with another Dockerfile. */
    public ImageBuild dockerfile(Path file) {
        return new ImageBuild(context, file, tag, target, arguments, secrets, labels, noCache, credentials);
    }

    /** The same up to a stage. */
    public ImageBuild target(Optional<String> stage) {
        return new ImageBuild(context, dockerfile, tag, stage, arguments, secrets, labels, noCache, credentials);
    }

    /** The same with build arguments. */
    public ImageBuild arguments(Map<String, String> buildArguments) {
        return new ImageBuild(context, dockerfile, tag, target, buildArguments, secrets, labels, noCache, credentials);
    }

    /** The same with secrets. */
    public ImageBuild secrets(Map<String, Secret> buildSecrets) {
        return new ImageBuild(context, dockerfile, tag, target, arguments, buildSecrets, labels, noCache, credentials);
    }

    /** The same with labels. */
    public ImageBuild labels(Map<String, String> imageLabels) {
        return new ImageBuild(context, dockerfile, tag, target, arguments, secrets, imageLabels, noCache, credentials);
    }

    /** The same with or without cache. */
    public ImageBuild noCache(boolean without) {
        return new ImageBuild(context, dockerfile, tag, target, arguments, secrets, labels, without, credentials);
    }

    /** The same with logins. */
    public ImageBuild credentials(List<RegistryCredentials> logins) {
        return new ImageBuild(context, dockerfile, tag, target, arguments, secrets, labels, noCache, logins);
    }
}
