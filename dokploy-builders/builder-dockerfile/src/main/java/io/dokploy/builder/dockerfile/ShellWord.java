package io.dokploy.builder.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A word of an instruction with its quotes, escapes and variables, which Dockerfiles write as a shell does. */
final class ShellWord {

    private static final int DEEPEST_NESTING = 30;

    private final String text;
    private final char escape;
    private final Map<String, String> variables;
    private int position;
    private int depth;
    private boolean closed;
    private boolean unknown;

    private ShellWord(String text, char escape, Map<String, String> variables) {
        this.text = text;
        this.escape = escape;
        this.variables = variables;
    }

    /** Parts a text at white space outside of quotes; the words keep their quotes. */
    static List<String> split(String text, char escape) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == escape && quote != '\'' && i + 1 < text.length()) {
                word.append(c).append(text.charAt(++i));
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else if (c == quote) {
                    quote = 0;
                }
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** The word without quotes and escapes; {@code $} stays. */
    static String unquote(String word, char escape) {
        var plain = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == escape && quote != '\'' && i + 1 < word.length()) {
                plain.append(word.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /**
     * The word with its variables put in.
     *
     * @return empty if one is not known and has no default, or is written in a way that is not known here
     */
    static Optional<String> expand(String word, char escape, Map<String, String> variables) {
        var reader = new ShellWord(word, escape, variables);
        String result = reader.read((char) 0);
        return reader.unknown ? Optional.empty() : Optional.of(result);
    }

    /** Reads up to {@code end}, which is consumed, or to the end of the text. */
    private String read(char end) {
        var result = new StringBuilder();
        char quote = 0;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == escape && quote != '\'' && position < text.length()) {
                result.append(text.charAt(position++));
            } else if (c == '$' && quote != '\'') {
                result.append(variable());
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && end != 0 && c == end) {
                closed = true;
                return result.toString();
            } else {
                result.append(c);
            }
        }
        closed = end == 0;
        unknown |= !closed;
        return result.toString();
    }

    private String variable() {
        boolean braced = position < text.length() && text.charAt(position) == '{';
        if (!braced) {
            String name = name();
            return name.isEmpty() ? "$" : orUnknown(variables.get(name));
        }
        position++;
        String name = name();
        if (name.isEmpty() || position >= text.length()) {
            unknown = true;
            return "";
        }
        char operator = text.charAt(position++);
        if (operator == '}') {
            return orUnknown(variables.get(name));
        }
        boolean emptyCounts = operator == ':';
        if (emptyCounts && position < text.length()) {
            operator = text.charAt(position++);
        }
        return substituted(variables.get(name), operator, emptyCounts);
    }

    /** {@code ${X-word}}, {@code ${X+word}}, and with a colon, where an empty value is like none. */
    private String substituted(@Nullable String value, char operator, boolean emptyCounts) {
        boolean knownBefore = !unknown;
        if (++depth > DEEPEST_NESTING) {
            position = text.length();
        }
        String word = read('}');
        depth--;
        String given = value != null && (!emptyCounts || !value.isEmpty()) ? value : null;
        boolean wordIsTaken = operator == '-' ? given == null : operator == '+' && given != null;
        if (!wordIsTaken && knownBefore && closed) {
            unknown = false; // what is not taken need not be known
        }
        return switch (operator) {
            case '-' -> given == null ? word : given;
            case '+' -> given == null ? "" : word;
            case '?' -> orUnknown(given);
            default -> orUnknown(null);
        };
    }

    private String orUnknown(@Nullable String value) {
        unknown |= value == null;
        return value == null ? "" : value;
    }

    private String name() {
        int start = position;
        while (position < text.length()
                && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
            position++;
        }
        return text.substring(start, position);
    }
}
