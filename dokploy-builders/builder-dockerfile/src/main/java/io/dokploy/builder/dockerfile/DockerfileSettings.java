package io.dokploy.builder.dockerfile;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an image is built from a Dockerfile. Defaults: the tree's own {@code Dockerfile} with the whole tree as context,
 * its last stage, no build arguments, caches used, the host's proxy. Immutable.
 */
public final class DockerfileSettings implements PluginSettings {

    static final String ID = "dockerfile";
    static final int VERSION = 1;

    private final String file;
    private final String context;
    private final @Nullable String target;
    private final Map<String, String> buildArgs;
    private final boolean noCache;
    private final @Nullable String caCertificates;
    private final BuildProxy proxy;

    private DockerfileSettings(Builder builder) {
        file = builder.file;
        context = builder.context;
        target = builder.target;
        buildArgs = Collections.unmodifiableMap(new TreeMap<>(builder.buildArgs));
        noCache = builder.noCache;
        caCertificates = builder.caCertificates;
        proxy = builder.proxy;
    }

    /** The defaults. */
    public static DockerfileSettings defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static DockerfileSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        var builder = builder();
        reader.text("file").ifPresent(builder::file);
        reader.text("context").ifPresent(builder::context);
        reader.text("target").ifPresent(builder::target);
        reader.namedTexts("buildArgs").forEach(builder::buildArg);
        reader.flag("noCache").ifPresent(builder::noCache);
        reader.text("caCertificates").ifPresent(builder::caCertificates);
        builder.proxy = BuildProxy.read(reader);
        return builder.build(reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        var values = Tree.branch()
                .put("file", file)
                .put("context", context)
                .put("target", target)
                .put("buildArgs", buildArgs)
                .put("noCache", noCache)
                .put("caCertificates", caCertificates);
        proxy.write(values);
        return new SettingsDocument(ID, VERSION, values.build());
    }

    String file() {
        return file;
    }

    String context() {
        return context;
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    Map<String, String> buildArgs() {
        return buildArgs;
    }

    boolean noCache() {
        return noCache;
    }

    Optional<String> caCertificates() {
        return Optional.ofNullable(caCertificates);
    }

    BuildProxy proxy() {
        return proxy;
    }

    /** All that decides the result of a build, in a form that differs where they do. */
    List<String> deciding() {
        var parts = new ArrayList<String>(
                List.of(file, context, target().orElse(""), caCertificates().orElse("")));
        buildArgs.forEach((name, value) -> parts.addAll(List.of(name, value)));
        return parts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DockerfileSettings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    @Override
    public String toString() {
        return "DockerfileSettings[file=" + file + ", context=" + context + "]";
    }

    /** Puts settings together; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private String file = "Dockerfile";
        private String context = ".";
        private @Nullable String target;
        private final Map<String, String> buildArgs = new TreeMap<>();
        private boolean noCache;
        private @Nullable String caCertificates;
        private BuildProxy proxy = BuildProxy.ofHost();

        private Builder() {}

        /** Path of the Dockerfile, from the root of the source tree; it may lie outside of the context. */
        public Builder file(String path) {
            file = path;
            return this;
        }

        /** Path of the directory that the Dockerfile's COPY sees, from the root of the source tree. */
        public Builder context(String path) {
            context = path;
            return this;
        }

        /** The stage to build, by name or number; the last one if left out. */
        public Builder target(String stage) {
            target = stage;
            return this;
        }

        /** Adds a build argument; the application's own of the same name wins. In the image's history: no secrets. */
        public Builder buildArg(String name, String value) {
            buildArgs.put(name, value);
            return this;
        }

        /** Whether every build runs all steps again. */
        public Builder noCache(boolean without) {
            noCache = without;
            return this;
        }

        /**
         * Certificates (PEM) of authorities that the build has to trust. A step gets them as the BuildKit secret
         * {@code ca-certificates}, so they are not in the image:
         * {@code RUN --mount=type=secret,id=ca-certificates,target=/etc/ssl/certs/ca-certificates.crt …}
         */
        public Builder caCertificates(String pem) {
            caCertificates = pem;
            return this;
        }

        /**
         * The proxy that steps of the build use instead of the host's, without a password, and the names that are
         * reached without it. They get it as Docker's predefined arguments (HTTP_PROXY and so on), which are neither in
         * the image nor in its history.
         */
        public Builder proxy(URI address, String... exceptFor) {
            proxy = BuildProxy.of(address, List.of(exceptFor));
            return this;
        }

        /** Steps of the build use no proxy, not even the host's. */
        public Builder withoutProxy() {
            proxy = BuildProxy.none();
            return this;
        }

        /**
         * The settings.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public DockerfileSettings build() {
            return build(Problems.of("settings of " + ID));
        }

        private DockerfileSettings build(Problems problems) {
            SettingsRules.path(problems, "file", file);
            SettingsRules.path(problems, "context", context);
            if (target != null) {
                SettingsRules.stage(problems, "target", target);
            }
            buildArgs.forEach((name, value) -> SettingsRules.argument(problems, "buildArgs", name, value));
            if (caCertificates != null) {
                SettingsRules.certificates(problems, "caCertificates", caCertificates);
            }
            proxy.check(problems);
            problems.throwIfAny();
            return new DockerfileSettings(this);
        }
    }
}
