package io.dokploy.spi;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an image from a source tree. The order of calls: {@link #detect}, {@link #plan}, {@link #build}. */
public interface Builder extends Plugin {

    /** Looks whether the tree is one for this builder, without changing anything. Fast: reads a few files. */
    Detection detect(SourceTree tree);

    /**
     * Checks settings and tree, and says what besides the tree decides the result. Two plans that are equal, for the
     * same tree and inputs, make the same image, so that a build can be spared.
     *
     * @param tree      what to build
     * @param settings  of this builder, also of older versions; empty for the defaults
     * @param buildArgs that {@link #build} will get; they may choose a base image
     * @throws io.dokploy.api.error.DokployException if it cannot be built, for example
     *         {@link io.dokploy.api.error.DockerfileNotFoundException}
     */
    BuildPlan plan(
            SourceTree tree, Optional<SettingsDocument> settings, Map<String, String> buildArgs, PluginContext context);

    /**
     * Makes the image.
     *
     * @return its id on the context's engine
     * @throws io.dokploy.api.error.BuildFailedException with the last lines of the output
     */
    String build(BuildRequest request, PluginContext context);

    /**
     * Whether a tree is one for this builder.
     *
     * @param matches whether it is
     * @param score   the highest of those that match is taken: 100 for an explicit file (a Dockerfile), 50 for a sign of
     *                a language, 10 for a last resort
     * @param reason  why, or why not: {@code found Dockerfile}
     */
    record Detection(boolean matches, int score, String reason) {

        /** It is. */
        public static Detection yes(int score, String reason) {
            return new Detection(true, score, reason);
        }

        /** It is not. */
        public static Detection no(String reason) {
            return new Detection(false, 0, reason);
        }
    }

    /**
     * What decides the result besides the tree.
     *
     * @param fingerprint of all else: settings as read, versions of tools, templates of this builder
     * @param baseImages  references of the images that it starts from; the engine resolves them to ids for the identity
     * @param usesBuildArgs whether build arguments take part
     */
    record BuildPlan(String fingerprint, List<String> baseImages, boolean usesBuildArgs) {
        public BuildPlan {
            baseImages = List.copyOf(baseImages);
        }
    }

    /**
     * What to build.
     *
     * @param tree       the files
     * @param settings   of this builder
     * @param tag        for the image on the engine
     * @param buildArgs  visible in the image
     * @param secrets    for the build only
     * @param labels     for the image
     * @param noCache    whether nothing may be taken from a cache
     */
    record BuildRequest(
            SourceTree tree,
            Optional<SettingsDocument> settings,
            String tag,
            Map<String, String> buildArgs,
            Map<String, Secret> secrets,
            Map<String, String> labels,
            boolean noCache) {
        public BuildRequest {
            buildArgs = Map.copyOf(buildArgs);
            secrets = Map.copyOf(secrets);
            labels = Map.copyOf(labels);
        }
    }
}
