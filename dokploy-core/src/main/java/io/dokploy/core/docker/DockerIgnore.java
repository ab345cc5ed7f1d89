package io.dokploy.core.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a {@code .dockerignore} file: which paths of a build context are not sent. As Docker has it (moby's
 * patternmatcher): patterns are anchored at the context's root, a pattern that matches a directory covers all below it,
 * {@code **} stands for any number of directories, and the last rule that matches wins, those with {@code !} letting in.
 */
final class DockerIgnore {

    /** @param includes whether it lets in again what a rule before it left out */
    private record Rule(Pattern pattern, boolean includes) {}

    private final List<Rule> rules;

    private DockerIgnore(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rules of a build: of the file beside its Dockerfile ({@code Dockerfile.dockerignore}), else of the context's. */
    static DockerIgnore of(Path context, Path dockerfile) throws IOException {
        var own = dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore");
        var usual = context.resolve(".dockerignore");
        for (var file : List.of(own, usual)) {
            if (Files.isRegularFile(file)) {
                return parse(Files.readString(file));
            }
        }
        return new DockerIgnore(List.of());
    }

    static DockerIgnore parse(String text) {
        var rules = new ArrayList<Rule>();
        var lines = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (var line : lines.split("\n")) {
            var pattern = line.strip();
            if (line.startsWith("#") || pattern.isEmpty()) {
                continue;
            }
            boolean includes = pattern.startsWith("!");
            var cleaned = clean(includes ? pattern.substring(1).strip() : pattern);
            if (!cleaned.isEmpty()) {
                rules.add(new Rule(Pattern.compile(regex(cleaned), Pattern.DOTALL), includes));
            }
        }
        return new DockerIgnore(rules);
    }

    /** Whether a path, relative to the context and with slashes, is left out. */
    boolean excludes(String path) {
        boolean excluded = false;
        for (var rule : rules) {
            if (rule.includes() == excluded && matchesItOrAParent(rule.pattern(), path)) {
                excluded = !excluded;
            }
        }
        return excluded;
    }

    /** Whether something below a directory that is left out may be let in. */
    boolean mayIncludeBelow() {
        return rules.stream().anyMatch(Rule::includes);
    }

    private static boolean matchesItOrAParent(Pattern pattern, String path) {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            if (pattern.matcher(path.substring(0, end)).matches()) {
                return true;
            }
        }
        return pattern.matcher(path).matches();
    }

    /** As Go's path.Clean, without slashes around it. */
    private static String clean(String pattern) {
        var parts = new ArrayList<String>();
        for (var part : pattern.split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String regex(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**", i)) {
                i++;
                if (i + 1 < pattern.length() && pattern.charAt(i + 1) == '/') {
                    i++;
                    regex.append("(?:.*/)?");
                } else {
                    regex.append(".*");
                }
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && pattern.indexOf(']', i + 2) > 0) {
                int end = pattern.indexOf(']', i + 2);
                regex.append(characterClass(pattern.substring(i + 1, end)));
                i = end;
            } else {
                boolean escaped = c == '\\' && i + 1 < pattern.length();
                regex.append(Pattern.quote(String.valueOf(escaped ? pattern.charAt(++i) : c)));
            }
        }
        return regex.toString();
    }

    /** Ranges and negation stay; everything else stands for itself. */
    private static String characterClass(String members) {
        boolean negated = members.startsWith("^");
        var escaped = (negated ? members.substring(1) : members).replaceAll("[\\[\\]&^\\\\]", "\\\\$0");
        return "[" + (negated ? "^/" : "") + escaped + "]";
    }
}
