package io.dokploy.testkit;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small builder as a third party would write it: an image that prints {@code greeting.txt}. */
class GreetingBuilder implements Builder {

    static final int VERSION = 1;
    private static final String DEFAULT_FILE = "greeting.txt";

    @Override
    public String id() {
        return "greeting";
    }

    @Override
    public Detection detect(SourceTree tree) {
        return tree.hasFile(DEFAULT_FILE)
                ? Detection.yes(50, "found " + DEFAULT_FILE)
                : Detection.no("there is no " + DEFAULT_FILE);
    }

    @Override
    public BuildPlan plan(
            SourceTree tree,
            Optional<SettingsDocument> settings,
            Map<String, String> buildArgs,
            PluginContext context) {
        Greeting greeting = read(settings);
        if (!tree.hasFile(greeting.file)) {
            throw new UserErrorException(Failure.user(
                    "greeting-missing",
                    "greeting",
                    "there is no " + greeting.file,
                    "Add that file to the repository."));
        }
        return new BuildPlan(greeting.dockerfile(), List.of(greeting.base), false);
    }

    @Override
    public String build(BuildRequest request, PluginContext context) {
        Path dockerfile = context.workspace().directory().resolve("Dockerfile");
        try {
            Files.writeString(dockerfile, read(request.settings()).dockerfile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ImageBuild build = ImageBuild.of(request.tree().directory(), request.tag())
                .dockerfile(dockerfile)
                .labels(request.labels())
                .secrets(request.secrets())
                .noCache(request.noCache())
                .credentials(context.registries().all());
        return context.engine().build(build, context.progress(), context.cancelToken());
    }

    private static Greeting read(Optional<SettingsDocument> settings) {
        if (settings.isEmpty()) {
            return new Greeting(DEFAULT_FILE, "busybox:1.37");
        }
        SettingsReader reader = SettingsReader.of(settings.get(), "greeting", VERSION);
        var greeting = new Greeting(
                reader.text("file").orElse(DEFAULT_FILE), reader.text("base").orElse("busybox:1.37"));
        reader.problems().throwIfAny();
        return greeting;
    }

    private record Greeting(String file, String base) {
        String dockerfile() {
            return "FROM " + base + "\nCOPY " + file + " /greeting\nCMD [\"cat\", \"/greeting\"]\n";
        }
    }
}
