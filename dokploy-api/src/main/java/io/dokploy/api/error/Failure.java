package io.dokploy.api.error;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as a value that can be stored and read in another JVM.
 *
 * @param code       stable, lower case with dashes, for programs: {@code build-failed}
 * @param category   who can do something about it
 * @param subject    on what it happened: {@code application shop}, {@code domain shop.example.com}
 * @param reason     why, in words; may end with the last lines of a tool's output, secrets masked
 * @param remedy     what to do next, one sentence
 * @param retryAfter when a retry makes sense, or null if nothing is known
 */
public record Failure(
        String code,
        Category category,
        String subject,
        String reason,
        String remedy,
        @Nullable Duration retryAfter) {

    /** Who can do something about a failure. */
    public enum Category {
        /** The request, the configuration or the user's own code must change. */
        USER,
        /** The same request may succeed later without any change. */
        TEMPORARY,
        /** A bug of this library or of a plugin. */
        DEFECT
    }

    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** A failure that the user can mend. */
    public static Failure user(String code, String subject, String reason, String remedy) {
        return new Failure(code, Category.USER, subject, reason, remedy, null);
    }

    /** A failure that may go away by itself. */
    public static Failure temporary(String code, String subject, String reason, String remedy) {
        return new Failure(code, Category.TEMPORARY, subject, reason, remedy, null);
    }

    /** A bug. */
    public static Failure defect(String code, String subject, String reason) {
        return new Failure(
                code,
                Category.DEFECT,
                subject,
                reason,
                "Report this with the operation's log; retrying may help.",
                null);
    }

    /** One text with all of it, for a human: subject, reason, remedy. */
    public String message() {
        return subject + ": " + reason + (remedy.isEmpty() ? "" : "\n" + remedy);
    }
}
