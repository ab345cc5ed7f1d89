package io.dokploy.database.postgres;

import java.util.Optional;
import java.util.regex.Pattern;

/** SQL about users and databases. {@code :"name"} and {@code :'text'} are psql's variables, which it quotes. */
final class Accounts {

    static final String CHANGE_PASSWORD = "ALTER ROLE :\"user\" PASSWORD :'verifier';";

    /** All that is in the database now, and what its owner makes later. */
    static final String CREATE_USER = """
            BEGIN;
            CREATE ROLE :"user" LOGIN PASSWORD :'verifier';
            SELECT format('GRANT ALL ON DATABASE %I TO %I', current_database(), :'user') \\gexec
            SELECT format(line, nspname, :'user')
              FROM pg_namespace CROSS JOIN (VALUES
                ('GRANT ALL ON SCHEMA %I TO %I'),
                ('GRANT ALL ON ALL TABLES IN SCHEMA %I TO %I'),
                ('GRANT ALL ON ALL SEQUENCES IN SCHEMA %I TO %I'),
                ('GRANT ALL ON ALL ROUTINES IN SCHEMA %I TO %I'),
                ('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT ALL ON TABLES TO %I'),
                ('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT ALL ON SEQUENCES TO %I'),
                ('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT ALL ON ROUTINES TO %I')) AS lines (line)
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
            COMMIT;
            """;

    /** In each database by itself. */
    static final String DISOWN = """
            REASSIGN OWNED BY :"user" TO CURRENT_USER;
            DROP OWNED BY :"user";
            """;

    static final String DROP_USER = "DROP ROLE :\"user\";";

    static final String USERS =
            "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname !~ '^pg_' AND rolname <> 'postgres'"
                    + " OR rolname = current_user ORDER BY 1";

    /** Others see it only when they are let in. */
    static final String CREATE_DATABASE = """
            CREATE DATABASE :"name";
            REVOKE CONNECT, TEMPORARY ON DATABASE :"name" FROM PUBLIC;
            """;

    /**
     * {@code postgres} and {@code template1} are those that every server has; a limit of -2 marks what is left of one whose
     * dropping was broken off.
     */
    static final String DATABASES = """
            SELECT replace(replace(replace(datname, E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n')
              FROM pg_database WHERE datallowconn AND datconnlimit <> -2
                AND (datname NOT IN ('postgres', 'template1') OR datname = current_database()) ORDER BY datname""";

    static final String CREATE_ROLE = """
            SELECT format('CREATE ROLE %I NOLOGIN', :'name')
             WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \\gexec
            """;

    private static final Pattern MISSING_ROLE = Pattern.compile("ERROR: +role \"(.+)\" does not exist");

    private Accounts() {}

    /** In English, as the image's server speaks unless it is told otherwise. */
    static Optional<String> missingRole(String complaints) {
        var found = MISSING_ROLE.matcher(complaints);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
