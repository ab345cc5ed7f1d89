package io.dokploy.builder.staticsite;

import com.google.auto.service.AutoService;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ContainerEngine.EngineInfo;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The builder with the id {@code static}; see {@link StaticSettings}. Without state, so thread-safe. */
@AutoService(Builder.class)
public final class StaticSiteBuilder implements Builder {

    /** For {@link java.util.ServiceLoader}. */
    public StaticSiteBuilder() {}

    @Override
    public String id() {
        return StaticSettings.ID;
    }

    @Override
    public Detection detect(SourceTree tree) {
        return Site.detect(tree)
                .map(directory -> Detection.yes(10, "found index.html in " + directory))
                .orElseGet(() -> Detection.no("no index.html in one of the usual folders"));
    }

    /** The generated texts are part of the fingerprint: a newer version that writes others makes another image. */
    @Override
    public BuildPlan plan(
            SourceTree tree,
            Optional<SettingsDocument> document,
            Map<String, String> buildArgs,
            PluginContext context) {
        StaticSettings settings = read(document);
        Site site = Site.find(tree, settings);
        var files = new NginxFiles(settings, site.notFoundPage().isPresent());
        EngineInfo engine = context.engine().info();
        String fingerprint = Fingerprint.of(List.of(
                engine.os(),
                engine.architecture(),
                site.directory(),
                site.notFoundPage().orElse(""),
                files.dockerfile(),
                files.configuration()));
        return new BuildPlan(fingerprint, List.of(settings.baseImage()), false);
    }

    @Override
    public String build(BuildRequest request, PluginContext context) {
        StaticSettings settings = read(request.settings());
        Site site = Site.find(request.tree(), settings);
        context.progress().line("Serving the folder " + site.directory() + " on port " + settings.port());
        ImageBuild build = ImageBuild.of(prepare(request.tree().directory(), settings, site, context), request.tag())
                .labels(request.labels())
                .noCache(request.noCache())
                .credentials(context.registries().all());
        return context.engine().build(build, context.progress(), context.cancelToken());
    }

    /** A context for the build, with all that the Dockerfile names. */
    private static Path prepare(Path tree, StaticSettings settings, Site site, PluginContext context) {
        var files = new NginxFiles(settings, site.notFoundPage().isPresent());
        try {
            Path directory = Files.createTempDirectory(context.workspace().directory(), "static-");
            Files.writeString(directory.resolve("Dockerfile"), files.dockerfile());
            Files.writeString(directory.resolve("nginx.conf"), files.configuration());
            Path pages = Files.createDirectory(directory.resolve("pages"));
            if (site.notFoundPage().isPresent()) {
                SiteFiles.copyFile(tree, site.notFoundPage().get(), pages.resolve("404.html"));
            }
            Path copy = directory.resolve("site");
            SiteFiles.copy(tree, site.directory(), copy, context.progress(), context.cancelToken());
            return directory;
        } catch (IOException e) {
            throw new BuildFailedException(
                    "static site \"" + site.directory() + "\"",
                    "its files cannot be copied: " + e,
                    "Look at the space that is left and at the rights of the files.",
                    e);
        }
    }

    private static StaticSettings read(Optional<SettingsDocument> document) {
        return document.map(StaticSettings::fromDocument).orElseGet(StaticSettings::defaults);
    }
}
