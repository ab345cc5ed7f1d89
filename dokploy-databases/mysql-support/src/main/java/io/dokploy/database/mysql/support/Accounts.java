package io.dokploy.database.mysql.support;

/**
 * SQL about users, who come from anywhere, and databases. Names are letters, digits and {@code _}. How a password is
 * said ({@code IDENTIFIED …}) is given.
 */
final class Accounts {

    /** A role of MySQL is a user with an expired password, of none. */
    static final String USERS = "SELECT user FROM mysql.user WHERE host = '%' AND user NOT IN ('', 'root')"
            + " AND NOT (authentication_string = '' AND password_expired = 'Y') ORDER BY 1";

    static final String DATABASES = "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN"
            + " ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1";

    /** Whatever the user has set, a backslash in a text is one that protects the next character. */
    private static final String PLAIN_TEXT = "SET SESSION sql_mode = '';\n";

    /**
     * Who drops the definer of a view, a trigger or a routine makes it fail, and each dump of it. Since a text of one's own
     * cannot be raised by a condition, it is asked for as a column; a name can have 64 characters.
     */
    private static final String REFUSE_A_DEFINER = """
            SELECT COALESCE(MIN(CONCAT(
                'SELECT `', LEFT(REPLACE(CONCAT('%1$s is the DEFINER of ', what), '`', ''), 64), '`')), 'DO 0') INTO @refusal
              FROM (
                SELECT definer, CONCAT('view ', table_schema, '.', table_name) AS what FROM information_schema.views
                UNION ALL SELECT definer, CONCAT('trigger ', trigger_schema, '.', trigger_name) FROM information_schema.triggers
                UNION ALL SELECT definer, CONCAT('routine ', routine_schema, '.', routine_name) FROM information_schema.routines
                UNION ALL SELECT definer, CONCAT('event ', event_schema, '.', event_name) FROM information_schema.events
              ) AS made WHERE definer = '%1$s@%%';
            PREPARE refusal FROM @refusal;
            EXECUTE refusal;
            """;

    private Accounts() {}

    /** The user of the database, who may do everything. */
    static String createOwner(String user, String identified) {
        return PLAIN_TEXT + "CREATE USER " + account(user) + " " + identified + ";\nGRANT ALL ON *.* TO "
                + account(user) + " WITH GRANT OPTION;\n";
    }

    /** {@code _} stands for any character in the name of a database that something is granted on. */
    static String createUser(String user, String identified, String database) {
        return PLAIN_TEXT + "CREATE USER " + account(user) + " " + identified + ";\nGRANT ALL ON `"
                + database.replace("_", "\\_") + "`.* TO " + account(user) + ";\n";
    }

    static String changePassword(String user, String identified) {
        return PLAIN_TEXT + "ALTER USER " + account(user) + " " + identified + ";\n";
    }

    /** Whoever was given a container of one's own may have none. */
    static String changeRootPassword(String identified) {
        return PLAIN_TEXT + "ALTER USER IF EXISTS 'root'@'localhost' " + identified + ";\n";
    }

    static String dropUser(String user) {
        return REFUSE_A_DEFINER.formatted(user) + "DROP USER " + account(user) + ";\n";
    }

    static String createDatabase(String name) {
        return "CREATE DATABASE " + quoted(name) + ";";
    }

    /** It waits for transactions that have read or written there, by default for a day. */
    static String dropDatabase(String name) {
        return "SET SESSION lock_wait_timeout = 20;\nDROP DATABASE " + quoted(name) + ";";
    }

    /** Users can make a database of any name by a statement of their own. */
    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String account(String user) {
        return "'" + user + "'@'%'";
    }
}
