package io.dokploy.api.backup;

import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/** The shape of a cron expression; what its fields mean is checked when a schedule is put. */
final class CronText {

    private static final Pattern FIVE_FIELDS = Pattern.compile("[0-9A-Za-z*,/-]+( +[0-9A-Za-z*,/-]+){4}");

    private CronText() {}

    static void check(Problems problems, String field, String cron) {
        problems.require(
                FIVE_FIELDS.matcher(cron).matches(),
                field,
                "must be five fields: minute, hour, day of the month, month, day of the week, such as 0 3 * * *");
    }
}
