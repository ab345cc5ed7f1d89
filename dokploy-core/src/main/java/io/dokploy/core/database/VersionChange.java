package io.dokploy.core.database;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.database.DatabaseProvisioner;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What another version of its engine means for the data of a database.
 *
 * @param from the tag that runs
 * @param to   the tag that is asked for
 * @param kind whether the data can stay where it is
 */
public record VersionChange(String from, String to, Kind kind) {

    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

    /** Whether the data can stay where it is. */
    public enum Kind {
        /** Of the same series: the server opens the same data. */
        IN_PLACE,
        /** Of a later series: the data must be dumped and restored. */
        UPGRADE,
        /** To an earlier one: no engine promises that its older version reads what a newer one wrote. */
        DOWNGRADE
    }

    /** From the tag that runs to another one. */
    public static VersionChange of(DatabaseProvisioner plugin, String from, String to) {
        var series = compare(numbers(plugin.series(from)), numbers(plugin.series(to)));
        var all = compare(numbers(from), numbers(to));
        if (series != 0) {
            return new VersionChange(from, to, series < 0 ? Kind.UPGRADE : Kind.DOWNGRADE);
        }
        return new VersionChange(from, to, all > 0 ? Kind.DOWNGRADE : Kind.IN_PLACE);
    }

    /** For a change that keeps the volume. @throws UserErrorException if the data would not survive it */
    public void requireInPlace(String subject) {
        require(Kind.IN_PLACE, subject);
    }

    /** For a change that makes a new volume. @throws UserErrorException if that is not what it needs */
    public void requireUpgrade(String subject) {
        require(Kind.UPGRADE, subject);
    }

    private void require(Kind wanted, String subject) {
        if (kind == wanted) {
            return;
        }
        throw switch (kind) {
            case DOWNGRADE ->
                refused(
                        subject,
                        "its data was written by version " + from + ", which " + to + " cannot be trusted to read",
                        "Create another database of version " + to + " and import a dump.");
            case UPGRADE ->
                refused(
                        subject,
                        "the data of version " + from + " cannot be opened by " + to,
                        "Use Databases.upgrade, which moves the data and keeps the former volume.");
            case IN_PLACE ->
                refused(
                        subject,
                        to + " opens the data of " + from + ", so there is nothing to move",
                        "Change the version in the spec.");
        };
    }

    private static UserErrorException refused(String subject, String reason, String remedy) {
        return new UserErrorException(Failure.user("version-change-refused", subject, reason, remedy));
    }

    private static List<Integer> numbers(String text) {
        var found = NUMBERS.matcher(text);
        return found.lookingAt()
                ? Arrays.stream(found.group().split("\\."))
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    /** As far as both go: 17 is no earlier than 17.2, since that tag moves on. */
    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int difference = Integer.compare(one.get(i), other.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
