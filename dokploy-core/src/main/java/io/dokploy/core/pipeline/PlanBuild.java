package io.dokploy.core.pipeline;

import io.dokploy.api.error.NoBuilderException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.spi.Builder;
import io.dokploy.spi.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;

/** Chooses the builder and works out what the image will be called, from all that decides its content. */
final class PlanBuild {

    /** Enough of the identity to tell images apart, short enough to read. */
    private static final int TAG_LENGTH = 20;

    BuildRecipe run(Job job, Wish wish, SourceTree tree) {
        job.checkpoint();
        var builder = builder(job, wish, tree);
        var plan = PluginRegistry.call(
                builder,
                called -> called.plan(tree, wish.spec().builder(), wish.spec().buildArgs(), job.context()));
        var bases = BaseImages.resolve(job, plan.baseImages());
        var identity = new ImageIdentity()
                .add("tree", tree.hash())
                .add("builder", builder.id())
                .add("plan", plan.fingerprint())
                .add(
                        "settings",
                        wish.spec().builder().map(SettingsDocument::toString).orElse(""))
                .add("bases", bases.label())
                .add("buildArgs", wish.spec().buildArgs())
                .addVersions(
                        "buildSecrets",
                        wish.spec().buildSecrets(),
                        job.platform().store()::secretVersion)
                .toHex();
        var repository =
                "dokploy/" + job.ref().instance() + "/" + job.application().name();
        var tag = repository + ":" + identity.substring(0, TAG_LENGTH)
                // A forced build must not take the name from the image that a kept release needs.
                + (wish.forced() ? "-" + suffix(job) : "");
        return new BuildRecipe(builder, identity, tag, bases);
    }

    private static String suffix(Job job) {
        var id = job.operation().record().id().value();
        return id.substring(id.length() - 8).toLowerCase(java.util.Locale.ROOT);
    }

    private static Builder builder(Job job, Wish wish, SourceTree tree) {
        var registry = job.platform().plugins();
        if (wish.spec().builder().isPresent()) {
            return registry.builder(wish.spec().builder().get().plugin());
        }
        record Found(Builder builder, Builder.Detection detection) {}
        var said = new ArrayList<String>();
        if (registry.builders().isEmpty()) {
            throw new NoBuilderException(
                    job.ref().subject(),
                    "no builder is installed",
                    "Add the module of a builder to the class path, for example dokploy-builder-dockerfile.");
        }
        var found = registry.builders().stream()
                .map(builder -> new Found(builder, PluginRegistry.call(builder, called -> called.detect(tree))))
                .peek(candidate -> said.add(
                        candidate.builder().id() + ": " + candidate.detection().reason()))
                .filter(candidate -> candidate.detection().matches())
                .max(Comparator.comparingInt(candidate -> candidate.detection().score()))
                .orElseThrow(() -> new NoBuilderException(
                        job.ref().subject(),
                        "no builder recognises the source (" + String.join("; ", said) + ")",
                        "Add what one of them looks for, for example a Dockerfile, or name a builder in the spec."));
        job.say("Builder " + found.builder().id() + ": " + found.detection().reason());
        return found.builder();
    }
}
