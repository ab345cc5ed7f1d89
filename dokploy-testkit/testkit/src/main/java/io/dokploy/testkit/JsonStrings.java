package io.dokploy.testkit;

import java.util.ArrayList;
import java.util.List;

/** Reads a JSON text strictly and collects the texts in it. */
final class JsonStrings {

    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

    private final String json;
    private final List<String> texts = new ArrayList<>();
    private int position;

    private JsonStrings(String json) {
        this.json = json;
    }

    /** All texts that are values, in their order. @throws IllegalArgumentException if it is not JSON */
    static List<String> of(String json) {
        var reader = new JsonStrings(json);
        reader.value();
        reader.space();
        reader.check(reader.position == json.length(), "nothing after the value");
        return reader.texts;
    }

    private void value() {
        space();
        switch (peek()) {
            case '{' -> members('}', true);
            case '[' -> members(']', false);
            case '"' -> texts.add(string());
            default -> word();
        }
    }

    private void members(char end, boolean named) {
        position++;
        space();
        while (peek() != end) {
            if (named) {
                check(peek() == '"', "a name in quotes");
                string();
                space();
                check(peek() == ':', "a colon");
                position++;
            }
            value();
            space();
            if (peek() == ',') {
                position++;
                space();
                check(peek() != end, "a value after the comma");
            } else {
                check(peek() == end, "a comma or " + end);
            }
        }
        position++;
    }

    private void word() {
        int start = position;
        while (position < json.length() && ",]} \n\r\t".indexOf(json.charAt(position)) < 0) {
            position++;
        }
        String word = json.substring(start, position);
        check(List.of("true", "false", "null").contains(word) || word.matches(NUMBER), "a value, not " + word);
    }

    private String string() {
        var text = new StringBuilder();
        position++;
        while (peek() != '"') {
            char c = json.charAt(position++);
            check(c >= ' ', "no bare control character");
            text.append(c == '\\' ? escaped() : c);
        }
        position++;
        return text.toString();
    }

    private char escaped() {
        char c = peek();
        position++;
        if (c == 'u') {
            check(position + 4 <= json.length(), "four digits");
            position += 4;
            return (char) Integer.parseInt(json.substring(position - 4, position), 16);
        }
        int index = "\"\\/bfnrt".indexOf(c);
        check(index >= 0, "an escape that there is");
        return "\"\\/\b\f\n\r\t".charAt(index);
    }

    private char peek() {
        check(position < json.length(), "more text");
        return json.charAt(position);
    }

    private void space() {
        while (position < json.length() && " \n\r\t".indexOf(json.charAt(position)) >= 0) {
            position++;
        }
    }

    private void check(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("not JSON: at " + position + " " + expected
                    + " is expected, but it goes on with: "
                    + json.substring(Math.min(position, json.length()), Math.min(position + 40, json.length())));
        }
    }
}
