package io.dokploy.core.builders;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogStream;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.Builder;
import io.dokploy.spi.Builder.BuildRequest;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.TestTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Builds images on the real engine and runs them; closing removes all that it made. */
final class BuiltImages implements AutoCloseable {

    private final ContainerEngine engine;
    private final TestContext context;
    private final List<String> images = new ArrayList<>();
    private final List<String> containers = new ArrayList<>();

    BuiltImages(Path workspaces) {
        engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspaces));
        context = TestContext.of(engine);
    }

    ContainerEngine engine() {
        return engine;
    }

    TestContext context() {
        return context;
    }

    /** Builds, and gives the image's tag. */
    String build(
            Builder builder,
            TestTree tree,
            PluginSettings settings,
            Map<String, String> arguments,
            Map<String, Secret> secrets) {
        String tag = "dokploy-test/builders:" + UUID.randomUUID();
        images.add(tag);
        var document = Optional.of(settings.toDocument());
        builder.plan(tree, document, arguments, context);
        builder.build(new BuildRequest(tree, document, tag, arguments, secrets, Map.of(), false), context);
        return tag;
    }

    /** Starts a container. */
    String start(String image) {
        String name = "dokploy-test-builders-" + UUID.randomUUID();
        containers.add(name);
        engine.create(ContainerSpec.of(name, image).build());
        engine.start(name);
        return name;
    }

    /** Runs the image to its end. */
    List<String> output(String image) {
        String container = start(image);
        engine.awaitExit(container, Duration.ofSeconds(30));
        return logs(container);
    }

    List<String> logs(String container) {
        var lines = new ArrayList<String>();
        try (LogStream logs = engine.logs(container, Optional.empty(), Optional.empty(), false)) {
            logs.forEachRemaining((LogLine line) -> lines.add(line.text()));
        }
        return lines;
    }

    /** Whether a text is anywhere in an image: its layers, its configuration, its history. */
    boolean holds(String image, String text) throws IOException {
        byte[] searched = text.getBytes(StandardCharsets.UTF_8);
        try (InputStream archive = engine.saveImage(image)) {
            byte[] window = new byte[1 << 20];
            int kept = 0;
            int read = archive.read(window);
            while (read >= 0) {
                int length = kept + read;
                if (new String(window, 0, length, StandardCharsets.ISO_8859_1)
                        .contains(new String(searched, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
                kept = Math.min(searched.length - 1, length);
                System.arraycopy(window, length - kept, window, 0, kept);
                read = archive.read(window, kept, window.length - kept);
            }
        }
        return false;
    }

    @Override
    public void close() {
        containers.forEach(engine::remove);
        images.forEach(engine::removeImage);
        context.close();
        engine.close();
    }
}
