package io.dokploy.builder.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instructions of a Dockerfile: continuation lines joined, comments and here-documents taken out. Reads any text;
 * what is not a Dockerfile the engine will say.
 *
 * @param escape       the character that continues lines and escapes others, by directive {@code # escape=}
 * @param instructions in order
 */
record Dockerfile(char escape, List<Instruction> instructions) {

    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Pattern HEREDOC = Pattern.compile("\\d*<<(-?)([^<]+)");
    private static final Set<String> WITH_HEREDOCS = Set.of("RUN", "COPY", "ADD", "ONBUILD");

    /**
     * One instruction.
     *
     * @param keyword   in upper case: {@code FROM}
     * @param arguments the rest
     */
    record Instruction(String keyword, String arguments) {

        /** The arguments, parted at white space outside of quotes. */
        List<String> words(char escape) {
            return ShellWord.split(arguments, escape);
        }
    }

    Dockerfile {
        instructions = List.copyOf(instructions);
    }

    static Dockerfile parse(String text) {
        List<String> lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        char escape = escape(lines);
        var instructions = new ArrayList<Instruction>();
        int next = 0;
        while (next < lines.size()) {
            var logical = new StringBuilder();
            next = readLogicalLine(lines, next, escape, logical);
            if (!logical.toString().isBlank()) {
                Instruction instruction = instruction(logical.toString().strip());
                instructions.add(instruction);
                next = skipHeredocs(lines, next, instruction, escape);
            }
        }
        return new Dockerfile(escape, instructions);
    }

    /** Directives are comments before anything else. */
    private static char escape(List<String> lines) {
        for (String line : lines) {
            Matcher directive = DIRECTIVE.matcher(line.strip());
            if (!directive.matches()) {
                break;
            }
            if (directive.group(1).equalsIgnoreCase("escape")) {
                return directive.group(2).equals("`") ? '`' : '\\';
            }
        }
        return '\\';
    }

    private static int readLogicalLine(List<String> lines, int from, char escape, StringBuilder logical) {
        int next = from;
        while (next < lines.size()) {
            String line = lines.get(next++);
            if (line.stripLeading().startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                if (logical.isEmpty()) {
                    break;
                }
                continue; // Docker goes on after an empty line, with a warning
            }
            int end = continuation(line, escape);
            logical.append(line, 0, end);
            if (end == line.length()) {
                break;
            }
        }
        return next;
    }

    /** Where the line's text ends: before its last escape character if that continues it, else its length. */
    private static int continuation(String line, char escape) {
        int last = line.stripTrailing().length() - 1;
        boolean continued = last >= 0 && line.charAt(last) == escape && (last == 0 || line.charAt(last - 1) != escape);
        return continued ? last : line.length();
    }

    private static Instruction instruction(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return new Instruction(
                line.substring(0, end).toUpperCase(Locale.ROOT),
                line.substring(end).strip());
    }

    private static int skipHeredocs(List<String> lines, int from, Instruction instruction, char escape) {
        int next = from;
        if (!WITH_HEREDOCS.contains(instruction.keyword())
                || !instruction.arguments().contains("<<")) {
            return next;
        }
        for (String word : instruction.words(escape)) {
            Matcher heredoc = HEREDOC.matcher(word);
            if (heredoc.matches()) {
                String end = ShellWord.unquote(heredoc.group(2), escape);
                next = skipTo(lines, next, end, !heredoc.group(1).isEmpty());
            }
        }
        return next;
    }

    private static int skipTo(List<String> lines, int from, String end, boolean tabsStripped) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            if ((tabsStripped ? line.replaceFirst("^\t+", "") : line).equals(end)) {
                return i + 1;
            }
        }
        return lines.size();
    }
}
