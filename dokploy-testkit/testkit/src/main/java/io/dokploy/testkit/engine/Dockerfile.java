package io.dokploy.testkit.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile, read far enough for the in-memory build.
 *
 * @param stages in their order
 */
record Dockerfile(List<Stage> stages) {

    static final Set<String> INSTRUCTIONS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}?");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What begins with FROM. */
    record Stage(String base, String name, List<Instruction> instructions) {}

    /** A line, continued ones joined. */
    record Instruction(String name, String rest) {

        /** The words of a JSON list, or a shell command of the text. */
        List<String> words() {
            if (!rest.startsWith("[")) {
                return Shell.commandOf(rest);
            }
            List<String> words = new ArrayList<>();
            Matcher matcher = QUOTED.matcher(rest);
            while (matcher.find()) {
                words.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
            }
            return words;
        }
    }

    static Dockerfile parse(String text, Map<String, String> arguments) {
        List<Stage> stages = new ArrayList<>();
        Map<String, String> known = new HashMap<>(arguments);
        String joined = text.replace("\r\n", "\n").replaceAll("\\\\[ \\t]*\\n", " ");
        for (String line :
                withoutHereDocuments(joined).lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            var instruction = new Instruction(parts[0].toUpperCase(Locale.ROOT), parts.length < 2 ? "" : parts[1]);
            if (instruction.name().equals("ARG") && instruction.rest().contains("=")) {
                String[] argument = instruction.rest().split("=", 2);
                known.putIfAbsent(argument[0], argument[1].replace("\"", ""));
            }
            if (instruction.name().equals("FROM")) {
                stages.add(stage(expand(instruction.rest(), known), stages.size()));
            } else if (!stages.isEmpty()) {
                stages.get(stages.size() - 1).instructions().add(instruction);
            } else if (!instruction.name().equals("ARG")) {
                stages.add(new Stage("", "", new ArrayList<>(List.of(instruction))));
            }
        }
        return new Dockerfile(stages);
    }

    private static Stage stage(String rest, int number) {
        List<String> words = List.of(rest.split("\\s+")).stream()
                .filter(word -> !word.startsWith("--"))
                .toList();
        boolean named = words.size() >= 3 && words.get(1).equalsIgnoreCase("as");
        return new Stage(words.get(0), named ? words.get(2) : String.valueOf(number), new ArrayList<>());
    }

    private static String expand(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String fallback = found.group(2) == null ? "" : found.group(2);
            return Matcher.quoteReplacement(variables.getOrDefault(found.group(1), fallback));
        });
    }

    private static String withoutHereDocuments(String text) {
        return text.replaceAll("(?s)<<-?[\"']?([A-Za-z]+)[\"']?(.*?)\\n\\s*\\1\\n", "$2 ");
    }
}
