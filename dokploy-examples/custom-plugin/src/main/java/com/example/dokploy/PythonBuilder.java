package com.example.dokploy;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a plain Python program, with its {@code requirements.txt} if there is one. It gets its port in {@code PORT}. */
public final class PythonBuilder implements Builder {

    /** For {@link java.util.ServiceLoader}. */
    public PythonBuilder() {}

    @Override
    public String id() {
        return PythonSettings.ID;
    }

    @Override
    public Detection detect(SourceTree tree) {
        return tree.hasFile("main.py") ? Detection.yes(50, "found main.py") : Detection.no("no main.py");
    }

    /** The generated Dockerfile says all that decides the result, so it is the fingerprint. */
    @Override
    public BuildPlan plan(
            SourceTree tree,
            Optional<SettingsDocument> document,
            Map<String, String> buildArgs,
            PluginContext context) {
        PythonSettings settings = read(document);
        return new BuildPlan(dockerfile(tree, settings), List.of(settings.baseImage()), false);
    }

    @Override
    public String build(BuildRequest request, PluginContext context) {
        PythonSettings settings = read(request.settings());
        String dockerfile = dockerfile(request.tree(), settings);
        context.progress().line("Runs " + settings.main() + " on " + settings.baseImage());
        ImageBuild build = ImageBuild.of(request.tree().directory(), request.tag())
                .dockerfile(written(dockerfile, context))
                .labels(request.labels())
                .secrets(request.secrets())
                .noCache(request.noCache())
                .credentials(context.registries().all());
        return context.engine().build(build, context.progress(), context.cancelToken());
    }

    private static PythonSettings read(Optional<SettingsDocument> document) {
        return document.map(PythonSettings::fromDocument).orElseGet(PythonSettings::defaults);
    }

    private static String dockerfile(SourceTree tree, PythonSettings settings) {
        if (!tree.hasFile(settings.main())) {
            throw new SourceNotFoundException(
                    "program \"" + settings.main() + "\"",
                    "there is no such file in the source.",
                    "Add it, or name another one in the builder's settings (main).");
        }
        String install = tree.hasFile("requirements.txt")
                ? "COPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n"
                : "";
        return """
                FROM %s
                WORKDIR /app
                %sCOPY . .
                ENV PORT=3000 PYTHONUNBUFFERED=1
                CMD ["python", "%s"]
                """.formatted(settings.baseImage(), install, settings.main());
    }

    /** In the workspace of the call: the source is never changed. */
    private static Path written(String dockerfile, PluginContext context) {
        try {
            return Files.writeString(context.workspace().directory().resolve("Dockerfile"), dockerfile);
        } catch (IOException e) {
            throw new BuildFailedException(
                    "Dockerfile", "it cannot be written: " + e, "Look at the space that is left on this machine.", e);
        }
    }
}
