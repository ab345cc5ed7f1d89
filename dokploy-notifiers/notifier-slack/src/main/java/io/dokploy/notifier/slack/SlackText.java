package io.dokploy.notifier.slack;

/** Texts for Slack: its three control characters are escaped, so that no text becomes a mention or a link. */
final class SlackText {

    private SlackText() {}

    /** {@code text}, escaped and cut so that at most {@code most} characters are sent. */
    static String of(String text, int most) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            String next = escaped(character);
            boolean isLast = i >= text.length();
            if (escaped.length() + next.length() > (isLast ? most : most - 1)) {
                return escaped.append('…').toString();
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    private static String escaped(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
        };
    }
}
