package io.dokploy.testkit.host;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.testkit.engine.EngineScript;
import io.dokploy.testkit.engine.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds an image from a source that names a program of the test: what its containers run. So a test needs no Dockerfile,
 * and each release keeps the program that it was built with. Thread-safe.
 */
final class ProgramBuilder implements Builder {

    /** Names the program, or says why nothing can be built. */
    static final String FILE = "test-program";

    private static final String BROKEN = "broken: ";

    private final EngineScript engine;
    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    ProgramBuilder(EngineScript engine) {
        this.engine = engine;
    }

    /** What a source must hold in its {@link #FILE} to become an image of that program. */
    String nameOf(Program program) {
        var name = "program " + numbers.incrementAndGet();
        programs.put(name, program);
        return name;
    }

    /** What a source must hold so that its build fails. */
    static String failing(String reason) {
        return BROKEN + reason;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Detection detect(SourceTree tree) {
        return tree.hasFile(FILE) ? Detection.yes(1000, "found " + FILE) : Detection.no("no " + FILE);
    }

    @Override
    public BuildPlan plan(
            SourceTree tree,
            Optional<SettingsDocument> settings,
            Map<String, String> buildArgs,
            PluginContext context) {
        return new BuildPlan("1", List.of(), true);
    }

    @Override
    public String build(BuildRequest request, PluginContext context) {
        var name = request.tree().read(FILE).orElse("");
        if (name.startsWith(BROKEN)) {
            throw new BuildFailedException(
                    "build of " + request.tag(), name.substring(BROKEN.length()), "Commit something that builds.");
        }
        var program = programs.get(name);
        if (program == null) {
            throw new DefectException(
                    Failure.defect("unknown-program", request.tag(), "this test has no program \"" + name + "\""),
                    null);
        }
        var build = new ImageBuild(
                request.tree().directory(),
                dockerfile(context),
                request.tag(),
                Optional.empty(),
                request.buildArgs(),
                request.secrets(),
                request.labels(),
                request.noCache(),
                List.of());
        var image = context.engine().build(build, context.progress(), context.cancelToken());
        engine.program(image, program);
        return image;
    }

    private static Path dockerfile(PluginContext context) {
        try {
            return Files.writeString(
                    context.workspace().directory().resolve("test.Dockerfile"), "FROM scratch\nCOPY . /\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
