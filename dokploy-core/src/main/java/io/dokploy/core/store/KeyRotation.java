package io.dokploy.core.store;

import io.dokploy.core.json.TextCipher;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Encrypts everything again with the key in use, in batches, until nothing is found that is not: a value that was
 * encrypted before and written meanwhile is found by the next look. Can be broken off and begun again.
 */
final class KeyRotation {

    private static final int BATCH = 100;

    /** All that may hold secrets. */
    static final List<Column> COLUMNS = List.of(
            new Column("dokploy_project", "name", "variables_json"),
            new Column("dokploy_environment", "project || '/' || name", "variables_json"),
            new Column("dokploy_application", "id", "spec_json"),
            new Column("dokploy_release", "id", "release_json"),
            new Column("dokploy_registry", "host", "login_json"),
            new Column("dokploy_operation", "id", "arguments_json"),
            new Column("dokploy_operation", "id", "checkpoint_json"),
            new Column("dokploy_operation", "id", "result_json"),
            new Column("dokploy_event", "id", "data_json"),
            new Column("dokploy_outbox", "id", "notification_json"),
            new Column("dokploy_database", "id", "spec_json"),
            new Column("dokploy_database", "id", "password_json"),
            new Column("dokploy_database", "id", "next_password_json"),
            new Column("dokploy_backup_target", "name", "settings_json"),
            new Column("dokploy_instance", "instance", "secret_json"));

    private final Database database;
    private final TextCipher cipher;

    KeyRotation(Database database, TextCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    void run() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Column column : COLUMNS) {
                changed |= renew(column);
            }
        }
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_instance SET key_fingerprint = :fingerprint")
                        .bind("fingerprint", cipher.fingerprint())
                        .execute());
    }

    /** Returns whether there was anything to do. */
    private boolean renew(Column column) {
        String last = "";
        boolean changed = false;
        while (true) {
            String after = last;
            List<Row> rows = database.inTransaction(handle -> read(handle, column, after));
            if (rows.isEmpty()) {
                return changed;
            }
            List<Row> old = rows.stream()
                    .filter(row -> !cipher.renew(row.json()).equals(row.json()))
                    .toList();
            database.useTransaction(handle -> old.forEach(row -> renew(handle, column, row)));
            changed |= !old.isEmpty();
            last = rows.get(rows.size() - 1).key();
        }
    }

    private static List<Row> read(Handle handle, Column column, String after) {
        return handle.createQuery("SELECT " + column.key() + " AS row_key, " + column.json() + " AS row_json FROM "
                        + column.table() + " WHERE " + column.key() + " > :after AND " + column.json()
                        + " LIKE '%\"$%' ORDER BY row_key FETCH FIRST :batch ROWS ONLY")
                .bind("after", after)
                .bind("batch", BATCH)
                .map((row, context) -> new Row(row.getString("row_key"), row.getString("row_json")))
                .list();
    }

    private void renew(Handle handle, Column column, Row row) {
        handle.createUpdate("UPDATE " + column.table() + " SET " + column.json() + " = :renewed WHERE " + column.key()
                        + " = :key AND " + column.json() + " = :former")
                .bind("renewed", cipher.renew(row.json()))
                .bind("key", row.key())
                .bind("former", row.json())
                .execute();
    }

    record Column(String table, String key, String json) {}

    private record Row(String key, String json) {}
}
