package io.dokploy.database.mysql.support;

/** SQL that asks the server about itself. */
final class Statements {

    /** Rows of every table of the database, by one statement that is put together first. */
    static final String COUNTS = """
            SET SESSION group_concat_max_len = 1073741824;
            SELECT COALESCE(GROUP_CONCAT(
                CONCAT('SELECT ', QUOTE(table_name), ', COUNT(*) FROM `', REPLACE(table_name, '`', '``'), '`')
                ORDER BY table_name SEPARATOR ' UNION ALL '), 'DO 0') INTO @counts
              FROM information_schema.tables
              WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED');
            PREPARE counts FROM @counts;
            EXECUTE counts""";

    private Statements() {}
}
