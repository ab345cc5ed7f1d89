package io.dokploy.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small part of the shell's language, read: simple commands divided by {@code ;}, {@code &&}, {@code ||}, {@code &} or
 * line ends, with quotes, variables, and output sent to a file or to stderr.
 */
final class Script {

    /** How a command depends on the one before it. */
    enum After {
        ANYTHING,
        SUCCESS,
        FAILURE
    }

    /** One command. {@code target} is empty for stdout, {@code &2} for stderr, else a file. */
    record Step(After after, List<String> words, String target, boolean append, boolean background) {}

    private final String text;
    private final Map<String, String> variables;
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private List<String> words = new ArrayList<>();
    private String target = "";
    private boolean append;
    private boolean expectTarget;
    private After after = After.ANYTHING;
    private int position;

    private Script(String text, Map<String, String> variables) {
        this.text = text;
        this.variables = variables;
    }

    static List<Step> parse(String text, Map<String, String> variables) {
        return new Script(text, variables).read();
    }

    private List<Step> read() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            switch (c) {
                case ' ', '\t' -> endWord();
                case '\'' -> quoted('\'');
                case '"' -> quoted('"');
                case '$' -> variable();
                case '\\' -> add(position < text.length() ? text.charAt(position++) : c);
                case ';', '\n' -> endStep(After.ANYTHING, false);
                case '&' -> {
                    boolean and = taken('&');
                    endStep(and ? After.SUCCESS : After.ANYTHING, !and);
                }
                case '|' -> endStep(taken('|') ? After.FAILURE : After.ANYTHING, false);
                case '>' -> redirect();
                default -> add(c);
            }
        }
        endStep(After.ANYTHING, false);
        return steps;
    }

    private boolean taken(char expected) {
        boolean there = position < text.length() && text.charAt(position) == expected;
        position += there ? 1 : 0;
        return there;
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void quoted(char quote) {
        inWord = true;
        while (position < text.length() && text.charAt(position) != quote) {
            char c = text.charAt(position++);
            if (c == '$' && quote == '"') {
                variable();
            } else if (c == '\\' && quote == '"' && position < text.length()) {
                word.append(text.charAt(position++));
            } else {
                word.append(c);
            }
        }
        position++;
    }

    private void variable() {
        boolean braces = taken('{');
        int from = position;
        while (position < text.length()
                && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
            position++;
        }
        inWord = true;
        word.append(from == position && !braces ? "$" : variables.getOrDefault(text.substring(from, position), ""));
        if (braces) {
            taken('}');
        }
    }

    private void redirect() {
        if (word.toString().equals("1")) {
            word.setLength(0);
            inWord = false;
        }
        endWord();
        append = taken('>');
        if (taken('&')) {
            target = "&" + text.charAt(position++);
        } else {
            expectTarget = true;
        }
    }

    private void endWord() {
        if (!inWord) {
            return;
        }
        if (expectTarget) {
            target = word.toString();
            expectTarget = false;
        } else {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endStep(After next, boolean background) {
        endWord();
        if (!words.isEmpty()) {
            steps.add(new Step(after, List.copyOf(words), target, append, background));
        }
        words = new ArrayList<>();
        target = "";
        append = false;
        after = next;
    }
}
