package io.dokploy.core.json;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.InvalidSpecException.Problem;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in the words of the API what is wrong with a JSON text. */
final class JsonProblems {

    private static final int LONGEST = 300;

    private JsonProblems() {}

    static DokployException of(Class<?> type, RuntimeException error) {
        String subject =
                type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String path = error instanceof JacksonException jackson ? path(jackson) : "";
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSpecException invalid) {
                return new InvalidSpecException(
                        subject,
                        invalid.problems().stream()
                                .map(problem -> new Problem(join(path, problem.field()), problem.reason()))
                                .toList());
            }
            if (cause instanceof DokployException known) {
                return known;
            }
        }
        return new InvalidSpecException(subject, List.of(new Problem(path.isEmpty() ? "json" : path, reason(error))));
    }

    private static String reason(RuntimeException error) {
        if (error instanceof UnrecognizedPropertyException) {
            return "is not known";
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NullPointerException) {
                return "something that is needed is missing";
            }
            if (cause instanceof IllegalArgumentException illegal && illegal.getMessage() != null) {
                return illegal.getMessage();
            }
        }
        String text = error instanceof JacksonException jackson ? jackson.getOriginalMessage() : error.getMessage();
        String line = text == null ? "cannot be read" : text.lines().findFirst().orElse("cannot be read");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static String path(JacksonException error) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : error.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String join(String path, String field) {
        return path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
    }
}
