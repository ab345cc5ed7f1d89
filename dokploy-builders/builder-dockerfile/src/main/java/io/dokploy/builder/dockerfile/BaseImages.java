package io.dokploy.builder.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images from which the stages that a build needs start, or copy.
 *
 * @param images     references, sorted, without {@code scratch} and without names of stages
 * @param unresolved as written, where a variable in it is not known here
 */
record BaseImages(List<String> images, List<String> unresolved) {

    private static final Pattern MOUNT_FROM = Pattern.compile("(?:^|,)from=([^,]+)");

    BaseImages {
        images = List.copyOf(images);
        unresolved = List.copyOf(unresolved);
    }

    /**
     * Reads them.
     *
     * @param arguments build arguments; they count where the Dockerfile declares them
     * @param platform  what BuildKit declares by itself: {@code TARGETARCH} and so on
     * @param target    the stage to build; the last if empty or unknown
     */
    static BaseImages of(
            Dockerfile dockerfile,
            Map<String, String> arguments,
            Map<String, String> platform,
            Optional<String> target) {
        var reader = new Reader(dockerfile.escape(), arguments, platform);
        dockerfile.instructions().forEach(reader::read);
        return reader.needed(target);
    }

    /** The names of the stages; those without one have their number. */
    static List<String> stages(Dockerfile dockerfile) {
        var reader = new Reader(dockerfile.escape(), Map.of(), Map.of());
        dockerfile.instructions().forEach(reader::read);
        return reader.stages.stream().map(Stage::name).toList();
    }

    /**
     * A stage.
     *
     * @param name in lower case, or its number
     * @param uses earlier stages, by number
     */
    private record Stage(String name, TreeSet<Integer> uses, TreeSet<String> images, TreeSet<String> unresolved) {}

    private static final class Reader {
        private final char escape;
        private final Map<String, String> arguments;
        private final Map<String, String> variables;
        private final List<Stage> stages = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();

        private Reader(char escape, Map<String, String> arguments, Map<String, String> platform) {
            this.escape = escape;
            this.arguments = arguments;
            this.variables = new HashMap<>(platform);
        }

        private void read(Dockerfile.Instruction instruction) {
            switch (instruction.keyword()) {
                case "ARG" -> declare(instruction);
                case "FROM" -> begin(instruction);
                case "COPY", "ADD", "RUN" -> flags(instruction);
                default -> {}
            }
        }

        /** Only arguments before the first stage count in FROM lines. */
        private void declare(Dockerfile.Instruction instruction) {
            if (!stages.isEmpty()) {
                return;
            }
            for (String word : instruction.words(escape)) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                Optional<String> value = Optional.ofNullable(arguments.get(name));
                if (value.isEmpty() && equals >= 0) {
                    value = ShellWord.expand(word.substring(equals + 1), escape, variables);
                    if (value.isEmpty()) {
                        variables.remove(name);
                    }
                }
                value.ifPresent(text -> variables.put(name, text));
            }
        }

        private void begin(Dockerfile.Instruction instruction) {
            List<String> words = instruction.words(escape).stream()
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            boolean named = words.size() >= 3 && words.get(1).equalsIgnoreCase("AS");
            int number = stages.size();
            String name = named ? words.get(2).toLowerCase(Locale.ROOT) : Integer.toString(number);
            var stage = new Stage(name, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            if (!words.isEmpty()) {
                use(stage, words.get(0), false);
            }
            stages.add(stage);
            if (named) {
                numbers.put(name, number);
            }
        }

        private void flags(Dockerfile.Instruction instruction) {
            if (stages.isEmpty()) {
                return;
            }
            Stage stage = stages.get(stages.size() - 1);
            for (String word : instruction.words(escape)) {
                if (!word.startsWith("--")) {
                    break;
                }
                if (word.startsWith("--from=")) {
                    use(stage, word.substring("--from=".length()), true);
                } else if (word.startsWith("--mount=")) {
                    Matcher from = MOUNT_FROM.matcher(word.substring("--mount=".length()));
                    if (from.find()) {
                        use(stage, from.group(1), true);
                    }
                }
            }
        }

        private void use(Stage stage, String written, boolean byNumberToo) {
            String reference = ShellWord.expand(written, escape, variables)
                    .filter(text -> !text.isBlank())
                    .orElse("");
            Optional<Integer> earlier = earlierStage(reference, byNumberToo);
            if (reference.isEmpty()) {
                stage.unresolved().add(written);
            } else if (earlier.isPresent()) {
                stage.uses().add(earlier.get());
            } else if (!reference.equals("scratch")) {
                stage.images().add(reference);
            }
        }

        private Optional<Integer> earlierStage(String reference, boolean byNumberToo) {
            if (byNumberToo && reference.matches("\\d{1,6}") && Integer.parseInt(reference) < stages.size()) {
                return Optional.of(Integer.parseInt(reference));
            }
            return Optional.ofNullable(numbers.get(reference.toLowerCase(Locale.ROOT)));
        }

        private BaseImages needed(Optional<String> target) {
            var images = new TreeSet<String>();
            var unresolved = new TreeSet<String>();
            var seen = new BitSet();
            var open = new ArrayDeque<Integer>();
            if (!stages.isEmpty()) {
                open.add(target.flatMap(name -> earlierStage(name, true)).orElse(stages.size() - 1));
            }
            while (!open.isEmpty()) {
                int number = open.remove();
                if (!seen.get(number)) {
                    seen.set(number);
                    Stage stage = stages.get(number);
                    images.addAll(stage.images());
                    unresolved.addAll(stage.unresolved());
                    open.addAll(stage.uses());
                }
            }
            return new BaseImages(List.copyOf(images), List.copyOf(unresolved));
        }
    }
}
