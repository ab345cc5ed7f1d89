package io.dokploy.testkit.engine;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds without running anything: looks for what a real build would fail at (unknown instructions, stages and files,
 * missing secrets, {@code RUN false}, {@code RUN exit 3}), and makes an image whose id is a hash of all that goes in.
 */
final class ImageBuilder {

    private static final Pattern SECRET = Pattern.compile("--mount=type=secret,(?:\\S*,)?id=([^,\\s]+)");
    private static final Pattern FAILING = Pattern.compile("(?:^|.*(?:;|&&)\\s*)(?:(false)|exit\\s+([1-9][0-9]*))\\s*");
    private static final Pattern LABEL = Pattern.compile("([^\\s=\"]+)=(?:\"([^\"]*)\"|(\\S+))");
    private static final int KEPT_LINES = 20;

    private final ImageBuild build;
    private final Progress progress;
    private final CancelToken cancelToken;
    private final Function<String, Image> bases;
    private final Deque<String> output = new ArrayDeque<>();

    ImageBuilder(ImageBuild build, Progress progress, CancelToken cancelToken, Function<String, Image> bases) {
        this.build = build;
        this.progress = progress;
        this.cancelToken = cancelToken;
        this.bases = bases;
    }

    Image build(Instant now) {
        cancelToken.throwIfCancelled();
        String text = read();
        Dockerfile dockerfile = Dockerfile.parse(text, build.arguments());
        if (dockerfile.stages().isEmpty() || dockerfile.stages().get(0).base().isEmpty()) {
            throw failed("no build stage in the Dockerfile: it must begin with FROM");
        }
        Map<String, Image> stages = new HashMap<>();
        Image last = null;
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            last = run(stage, stages, now);
            stages.put(stage.name(), last);
            if (build.target().filter(stage.name()::equals).isPresent()) {
                break;
            }
        }
        if (last == null
                || build.target().isPresent()
                        && !stages.containsKey(build.target().get())) {
            throw failed("target stage \"" + build.target().orElse("") + "\" could not be found");
        }
        return finish(last, text, stages);
    }

    private Image finish(Image last, String text, Map<String, Image> stages) {
        Map<String, String> labels = new TreeMap<>(last.labels());
        labels.putAll(build.labels());
        Map<String, String> ids = new TreeMap<>();
        stages.forEach((name, image) -> ids.put(name, image.id()));
        String origin = String.join(
                "\n",
                text,
                contextHash(),
                new TreeMap<>(build.arguments()).toString(),
                new TreeSet<>(build.secrets().keySet()).toString(),
                labels.toString(),
                ids.toString(),
                build.target().orElse(""));
        return new Image(
                Image.sha256(origin),
                labels,
                last.created(),
                last.hasHealthCheck(),
                last.entryPoint(),
                last.arguments());
    }

    private Image run(Dockerfile.Stage stage, Map<String, Image> stages, Instant now) {
        say("[" + stage.name() + "] FROM " + stage.base());
        Image base = stages.containsKey(stage.base())
                ? stages.get(stage.base())
                : stage.base().equals("scratch") ? Image.of("scratch", now) : bases.apply(stage.base());
        Map<String, String> labels = new TreeMap<>(base.labels());
        boolean healthCheck = base.hasHealthCheck();
        List<String> entryPoint = base.entryPoint();
        List<String> arguments = base.arguments();
        for (Dockerfile.Instruction instruction : stage.instructions()) {
            cancelToken.throwIfCancelled();
            say("[" + stage.name() + "] " + instruction.name() + " " + instruction.rest());
            switch (instruction.name()) {
                case "RUN" -> checkRun(instruction.rest());
                case "COPY", "ADD" -> checkCopy(instruction, stages);
                case "HEALTHCHECK" -> healthCheck = !instruction.rest().equalsIgnoreCase("NONE");
                case "ENTRYPOINT" -> {
                    entryPoint = instruction.words();
                    arguments = List.of();
                }
                case "CMD" -> arguments = instruction.words();
                case "LABEL" -> {
                    Matcher label = LABEL.matcher(instruction.rest());
                    while (label.find()) {
                        labels.put(label.group(1), label.group(2) == null ? label.group(3) : label.group(2));
                    }
                }
                default -> {
                    if (!Dockerfile.INSTRUCTIONS.contains(instruction.name())) {
                        throw failed("unknown instruction: " + instruction.name());
                    }
                }
            }
        }
        return new Image(Image.sha256(base.id() + stage), labels, now, healthCheck, entryPoint, arguments);
    }

    private void checkRun(String command) {
        Matcher secret = SECRET.matcher(command);
        while (secret.find()) {
            if (!build.secrets().containsKey(secret.group(1))) {
                throw failed("secret " + secret.group(1) + ": not found");
            }
        }
        String shell = command.replaceAll("--mount=\\S+\\s*", "");
        Matcher echoed = Pattern.compile("echo\\s+([^;&|>]+)(>&2)?").matcher(shell);
        while (echoed.find()) {
            say(echoed.group(1).strip().replaceAll("^[\"']|[\"']$", ""));
        }
        Matcher failing = FAILING.matcher(shell);
        if (failing.matches()) {
            String code = failing.group(1) == null ? failing.group(2) : "1";
            throw failed("process \"" + shell + "\" did not complete successfully: exit code: " + code);
        }
    }

    private void checkCopy(Dockerfile.Instruction instruction, Map<String, Image> stages) {
        String[] words = instruction.rest().split("\\s+");
        for (String word : words) {
            if (word.startsWith("--from=")) {
                String from = word.substring("--from=".length());
                if (!stages.containsKey(from)) {
                    bases.apply(from);
                }
                return;
            }
        }
        if (instruction.rest().startsWith("[")) {
            words = instruction.words().toArray(String[]::new);
        }
        for (int i = 0; i < words.length - 1; i++) {
            boolean checkable = !words[i].startsWith("--") && !words[i].matches(".*[*?$\\[].*|https?:.*");
            Path source =
                    build.context().resolve(words[i].replaceFirst("^/+", "")).normalize();
            if (checkable && (!source.startsWith(build.context().normalize()) || !Files.exists(source))) {
                throw failed("failed to compute cache key: \"" + words[i] + "\": not found");
            }
        }
    }

    private String read() {
        if (!Files.isRegularFile(build.dockerfile())) {
            throw new DockerfileNotFoundException(
                    "build of " + build.tag(),
                    "there is no file " + build.dockerfile().getFileName(),
                    "Give the path of the Dockerfile.");
        }
        try {
            return Files.readString(build.dockerfile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String contextHash() {
        MessageDigest digest = Image.digest();
        Path context = build.context();
        try (Stream<Path> files = Files.walk(context)) {
            for (Path file : files.sorted().toList()) {
                digest.update(context.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                if (Files.isSymbolicLink(file)) {
                    digest.update(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    digest.update((byte) (Files.isExecutable(file) ? 1 : 2));
                    digest.update(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void say(String line) {
        output.add(line);
        if (output.size() > KEPT_LINES) {
            output.remove();
        }
        progress.line(line);
    }

    private BuildFailedException failed(String problem) {
        say("ERROR: " + problem);
        return new BuildFailedException(
                "build of " + build.tag(),
                "the last lines of its output:\n" + String.join("\n", output),
                "Correct the Dockerfile or what it builds.");
    }
}
