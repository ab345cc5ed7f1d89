package io.dokploy.database.postgres;

/** SQL that asks PostgreSQL about itself. Names are quoted by PostgreSQL's own format(). */
final class Statements {

    /**
     * A script that writes SQL which makes all roles, with their passwords' hashes, settings and memberships, and what the
     * database itself has of settings and rights; can be run where they exist, in a database of another name too ({@code
     * :"DBNAME"} is psql's). What pg_dumpall writes cannot: it fails at the first role that exists. Of the one that is logged in
     * it makes the name only, for what it owns; who restores it stays as they are. Who may not see the hashes sees the roles
     * without.
     */
    static final String ROLES = """
            SELECT CASE WHEN has_table_privilege('pg_catalog.pg_authid', 'SELECT') THEN 'pg_authid' ELSE 'pg_roles' END
              AS roles \\gset
            SELECT line FROM (
              SELECT 1 AS part, oid AS place, format('DO %L;', format(
                  'BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %L) THEN CREATE ROLE %I; END IF; END',
                  rolname, rolname)) AS line
                FROM :roles WHERE rolname !~ '^pg_'
              UNION ALL
              SELECT 2, oid, format('DO %L;', format('BEGIN IF current_user <> %L THEN'
                    ' ALTER ROLE %I WITH %s %s %s %s %s %s %s CONNECTION LIMIT %s%s%s; END IF; END', rolname, rolname,
                  CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
                  CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                  CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
                  CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
                  CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
                  CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
                  CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
                  rolconnlimit,
                  CASE WHEN rolpassword IS NULL OR rolpassword = '********' THEN ''
                       ELSE format(' PASSWORD %L', rolpassword) END,
                  CASE WHEN rolvaliduntil IS NULL THEN '' ELSE format(' VALID UNTIL %L', rolvaliduntil) END))
                FROM :roles WHERE rolname !~ '^pg_' AND rolname <> current_user
              UNION ALL
              SELECT 3, m.roleid, format('GRANT %I TO %I%s;', r.rolname, u.rolname,
                  CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END)
                FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
                WHERE u.rolname !~ '^pg_' AND u.rolname <> current_user
              UNION ALL
              SELECT 4, s.setrole, format('ALTER %s SET %s = %s;',
                  CASE WHEN s.setrole = 0 THEN 'DATABASE :"DBNAME"'
                       WHEN s.setdatabase = 0 THEN format('ROLE %I', r.rolname)
                       ELSE format('ROLE %I IN DATABASE :"DBNAME"', r.rolname) END,
                  split_part(setting, '=', 1),
                  CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces',
                          'local_preload_libraries', 'session_preload_libraries')
                       THEN substr(setting, strpos(setting, '=') + 1) -- a list, whose items are quoted already
                       ELSE quote_literal(substr(setting, strpos(setting, '=') + 1)) END)
                FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS setting
                LEFT JOIN pg_roles r ON r.oid = s.setrole
                WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
              UNION ALL
              SELECT 5, 0, 'REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;'
                FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL
              UNION ALL
              SELECT 6, a.grantee, format('GRANT %s ON DATABASE :"DBNAME" TO %s%s;', a.privilege_type,
                  CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE format('%I', r.rolname) END,
                  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) AS a
                LEFT JOIN pg_roles r ON r.oid = a.grantee
                WHERE d.datname = current_database() AND a.grantee <> d.datdba
            ) AS lines ORDER BY part, place, line;
            """;

    /** Rows of every table; partitions count for themselves. */
    static final String COUNTS = """
            SELECT replace(replace(replace(format('%I.%I', n.nspname, c.relname), E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n'),
                (xpath('/row/c/text()', query_to_xml(
                    format('SELECT count(*) AS c FROM %I.%I', n.nspname, c.relname), false, true, '')))[1]::text
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              ORDER BY 1""";

    private Statements() {}
}
