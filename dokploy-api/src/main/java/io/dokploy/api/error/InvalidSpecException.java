package io.dokploy.api.error;

import java.util.List;

/** A value or a request has problems; all of them are listed, each with its field. */
public final class InvalidSpecException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "invalid-spec";

    private final List<Problem> problems;

    /**
     * One problem.
     *
     * @param field  the field, as a path: {@code domains[0].host}
     * @param reason what is wrong with it and what would be right
     */
    public record Problem(String field, String reason) {
        @Override
        public String toString() {
            return field + ": " + reason;
        }
    }

    /** Reports all problems of {@code subject}; {@code problems} is not empty. */
    public InvalidSpecException(String subject, List<Problem> problems) {
        super(Failure.user(CODE, subject, describe(problems), "Correct what is listed and try again."));
        this.problems = List.copyOf(problems);
    }

    /** Brings a stored failure back; the single problems are in its reason. */
    public InvalidSpecException(Failure failure) {
        super(failure);
        this.problems = List.of(new Problem("", failure.reason()));
    }

    /** All problems, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(List<Problem> problems) {
        var text = new StringBuilder(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        problems.forEach(problem -> text.append("\n  - ").append(problem));
        return text.toString();
    }
}
