package io.dokploy.core.docker;

import io.dokploy.api.error.BuildKitRequiredException;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the classic builder cannot do, said before it starts; it would fail in the middle, in words of its own. */
final class ClassicBuildLimits {

    /** The flags of the instructions that take any; every other one is BuildKit's. */
    private static final Map<String, Set<String>> KNOWN =
            Map.of("RUN", Set.of(), "COPY", Set.of("--from", "--chown"), "ADD", Set.of("--chown"));

    private static final Pattern INSTRUCTION =
            Pattern.compile("(?i)^\\s*(?:ONBUILD\\s+)?(RUN|COPY|ADD)\\s+((?:--[a-z-]+(?:=\\S*)?\\s+)+)");
    private static final Pattern FLAG = Pattern.compile("--[a-z-]+");
    private static final Pattern CONTINUED = Pattern.compile("\\\\[ \\t]*\\R");
    private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*#.*\\R?");

    private ClassicBuildLimits() {}

    static void check(ImageBuild build) throws IOException {
        var needs = new ArrayList<String>();
        if (!build.secrets().isEmpty()) {
            needs.add("build secrets (" + String.join(", ", build.secrets().keySet()) + ")");
        }
        needs.addAll(flags(Files.readString(build.dockerfile())));
        if (!needs.isEmpty()) {
            throw new BuildKitRequiredException(
                    "image " + build.tag(),
                    "the build uses " + String.join(", ", needs) + ", which only BuildKit can do, and the program"
                            + " docker-buildx is not installed on this machine",
                    "Install Docker's buildx plugin (package docker-buildx or docker-buildx-plugin).");
        }
    }

    private static List<String> flags(String dockerfile) {
        var text = CONTINUED.matcher(COMMENT.matcher(dockerfile).replaceAll("")).replaceAll(" ");
        return text.lines()
                .map(INSTRUCTION::matcher)
                .filter(java.util.regex.Matcher::find)
                .flatMap(instruction -> {
                    var name = instruction.group(1).toUpperCase(Locale.ROOT);
                    return FLAG.matcher(instruction.group(2))
                            .results()
                            .map(flag -> flag.group())
                            .filter(flag -> !KNOWN.getOrDefault(name, Set.of()).contains(flag))
                            .map(flag -> name + " " + flag);
                })
                .distinct()
                .toList();
    }
}
