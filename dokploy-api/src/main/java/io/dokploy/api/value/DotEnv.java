package io.dokploy.api.value;

import io.dokploy.api.error.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads variables written as in a {@code .env} file, with the meaning that Dokploy gives them (that of the npm package
 * dotenv, version 16):
 *
 * <pre>
 * # a comment
 * PLAIN=a value      # ends before a #, white space around it does not count
 * export SHELL=yes   # "export" may stand in front, and "NAME: value" is the same as "NAME=value"
 * EMPTY=
 * DOUBLE="in double quotes \n and \r mean line breaks; other backslashes are just backslashes"
 * SINGLE='in single quotes and backticks nothing is special, # and line breaks
 * included'
 * </pre>
 *
 * <p>The last of several with one name counts. References such as {@code ${{project.NAME}}} stay as they are; they are
 * resolved when a release is made. What dotenv would skip in silence (a line that is no assignment, a quote that is not
 * closed, text after a closing quote) is an error here.
 */
public final class DotEnv {

    private static final Pattern BLANK = Pattern.compile("[^\\S\\n]*(?:#.*)?(?:\\n|\\z)");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("[^\\S\\n]*(?:export[^\\S\\n]+)?([\\w.-]+)(?:[^\\S\\n]*=|:[^\\S\\n])[^\\S\\n]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final String text;
    private final Problems problems = Problems.of("variables");
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private DotEnv(String text) {
        this.text = text;
    }

    /**
     * The variables of a text, as values that may be shown, in their order.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with every line that is wrong; values are not in it
     */
    public static Map<String, EnvironmentValue> parse(String text) {
        return read(text, EnvironmentValue::plain);
    }

    /** The same with every value as a secret. */
    public static Map<String, EnvironmentValue> parseSecrets(String text) {
        return read(text, Secret::of);
    }

    private static Map<String, EnvironmentValue> read(String text, Function<String, EnvironmentValue> kind) {
        String lines = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var parser = new DotEnv(lines.replaceAll("\\r\\n?", "\n"));
        parser.readAll();
        parser.problems.throwIfAny();
        Map<String, EnvironmentValue> result = new LinkedHashMap<>();
        parser.values.forEach((name, value) -> result.put(name, kind.apply(value)));
        return result;
    }

    private void readAll() {
        Matcher blank = BLANK.matcher(text);
        Matcher assignment = ASSIGNMENT.matcher(text);
        while (at < text.length()) {
            if (blank.region(at, text.length()).lookingAt()) {
                at = blank.end();
            } else if (assignment.region(at, text.length()).lookingAt()) {
                String name = assignment.group(1);
                if (!NAME.matcher(name).matches()) {
                    problem("\"" + name + "\" is not a variable name (letters, digits and _ . - after a letter or _)");
                }
                int start = at;
                at = assignment.end();
                readValue(name, start);
            } else {
                problem("is not NAME=value");
                at = endOfLine(at) + 1;
            }
        }
    }

    private void readValue(String name, int start) {
        char quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote != '"' && quote != '\'' && quote != '`') {
            int end = endOfLine(at);
            int comment = text.indexOf('#', at);
            put(
                    name,
                    text.substring(at, comment < 0 ? end : Math.min(end, comment))
                            .strip());
            at = end + 1;
            return;
        }
        int end = closing(quote);
        if (end < 0) {
            at = start;
            problem("the value of " + name + " begins with a quote that is not closed at the end of a line");
            at = endOfLine(at) + 1;
            return;
        }
        String value = text.substring(at + 1, end);
        put(name, quote == '"' ? value.replace("\\n", "\n").replace("\\r", "\r") : value);
        at = endOfLine(end) + 1;
    }

    /** A quote after a backslash closes only if no other does: {@code 'C:\'} is a value, and so is {@code 'it\'s'}. */
    private int closing(char quote) {
        int best = -1;
        Matcher blank = BLANK.matcher(text);
        for (int i = text.indexOf(quote, at + 1); i >= 0; i = text.indexOf(quote, i + 1)) {
            boolean ends = blank.region(i + 1, text.length()).lookingAt();
            if (text.charAt(i - 1) != '\\' || i - 1 == at) {
                return ends ? i : best;
            }
            best = ends ? i : best;
        }
        return best;
    }

    private void put(String name, String value) {
        values.put(name, value);
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private void problem(String reason) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        problems.add("line " + line, reason);
    }
}
