package io.dokploy.builder.dockerfile;

import com.google.auto.service.AutoService;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ContainerEngine.EngineInfo;
import io.dokploy.spi.engine.ImageBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The builder with the id {@code dockerfile}; see {@link DockerfileSettings}. Without state, so thread-safe. */
@AutoService(Builder.class)
public final class DockerfileBuilder implements Builder {

    /** Grows when this builder begins to make other images of the same input. */
    private static final String FORM = "dockerfile-1";

    private static final String CA_SECRET = "ca-certificates";

    /** For {@link java.util.ServiceLoader}. */
    public DockerfileBuilder() {}

    @Override
    public String id() {
        return DockerfileSettings.ID;
    }

    @Override
    public Detection detect(SourceTree tree) {
        return tree.hasFile("Dockerfile")
                ? Detection.yes(100, "found Dockerfile")
                : Detection.no("no Dockerfile at the root of the source");
    }

    @Override
    public BuildPlan plan(
            SourceTree tree,
            Optional<SettingsDocument> document,
            Map<String, String> buildArgs,
            PluginContext context) {
        DockerfileSettings settings = read(document);
        var dockerfile = Dockerfile.parse(BuildFiles.find(tree, settings).text());
        requireTarget(settings, dockerfile);
        EngineInfo engine = context.engine().info();
        var bases =
                BaseImages.of(dockerfile, arguments(settings, buildArgs), platformArguments(engine), settings.target());
        bases.unresolved()
                .forEach(written -> context.progress()
                        .line("The base image " + written
                                + " is not known before the build: a newer one under the same name is not noticed"));
        var deciding = new ArrayList<>(List.of(FORM, engine.os(), engine.architecture()));
        deciding.add(String.join("\n", bases.unresolved()));
        deciding.addAll(settings.deciding());
        return new BuildPlan(Fingerprint.of(deciding), bases.images(), true);
    }

    @Override
    public String build(BuildRequest request, PluginContext context) {
        DockerfileSettings settings = read(request.settings());
        BuildFiles files = BuildFiles.find(request.tree(), settings);
        var arguments = new HashMap<>(settings.proxy().arguments(context));
        arguments.putAll(arguments(settings, request.buildArgs()));
        var secrets = new HashMap<String, Secret>();
        settings.caCertificates().ifPresent(pem -> secrets.put(CA_SECRET, Secret.of(pem)));
        secrets.putAll(request.secrets());
        ImageBuild build = ImageBuild.of(files.context(), request.tag())
                .dockerfile(files.dockerfile())
                .target(settings.target())
                .arguments(arguments)
                .secrets(secrets)
                .labels(request.labels())
                .noCache(settings.noCache() || request.noCache())
                .credentials(context.registries().all());
        return context.engine().build(build, context.progress(), context.cancelToken());
    }

    private static DockerfileSettings read(Optional<SettingsDocument> document) {
        return document.map(DockerfileSettings::fromDocument).orElseGet(DockerfileSettings::defaults);
    }

    /** The application's arguments win over those of the settings. */
    private static Map<String, String> arguments(DockerfileSettings settings, Map<String, String> ofApplication) {
        var arguments = new HashMap<>(settings.buildArgs());
        arguments.putAll(ofApplication);
        return arguments;
    }

    private static void requireTarget(DockerfileSettings settings, Dockerfile dockerfile) {
        settings.target().ifPresent(target -> {
            List<String> stages = BaseImages.stages(dockerfile);
            boolean isNumber = target.matches("\\d{1,6}") && Integer.parseInt(target) < stages.size();
            Problems.of("settings of " + DockerfileSettings.ID)
                    .require(
                            isNumber || stages.contains(target.toLowerCase(Locale.ROOT)),
                            "target",
                            "there is no stage \"" + target + "\" in " + settings.file() + "; it has "
                                    + String.join(", ", stages))
                    .throwIfAny();
        });
    }

    private static Map<String, String> platformArguments(EngineInfo engine) {
        String platform = engine.os() + "/" + engine.architecture();
        return Map.of(
                "TARGETPLATFORM", platform,
                "TARGETOS", engine.os(),
                "TARGETARCH", engine.architecture(),
                "BUILDPLATFORM", platform,
                "BUILDOS", engine.os(),
                "BUILDARCH", engine.architecture());
    }
}
