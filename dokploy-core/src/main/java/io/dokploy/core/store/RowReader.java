package io.dokploy.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link RowWriter} has written, into tables that it empties first. */
final class RowReader {

    private static final int BATCH = 200;

    private final Connection connection;
    private final InputStream stream;
    private final Map<String, Long> counts = new TreeMap<>();

    RowReader(Connection connection, InputStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    Map<String, Long> read() throws SQLException, IOException {
        var tables = new ArrayList<>(StoreTables.of(connection));
        Collections.reverse(tables);
        for (String table : tables) {
            execute("DELETE FROM " + table);
        }
        try (MappingIterator<JsonNode> values =
                JsonMapper.shared().readerFor(JsonNode.class).readValues(stream)) {
            read(values, tables);
        } catch (JacksonException e) {
            throw new IOException("it does not hold the rows of a store: " + e.getOriginalMessage(), e);
        }
        for (String table : tables) {
            restartNumbers(table);
        }
        return counts;
    }

    private void read(MappingIterator<JsonNode> values, List<String> known) throws SQLException, IOException {
        Table table = null;
        try {
            while (values.hasNext()) {
                var value = values.next();
                if (value.isArray() && table != null) {
                    table.add(value);
                } else if (value.has(RowWriter.ROWS)) {
                    close(table);
                    requireAll(value.get(RowWriter.ROWS).asLong());
                    return;
                } else {
                    close(table);
                    table = new Table(value, known);
                }
            }
        } finally {
            if (table != null) {
                table.statement.close();
            }
        }
        throw new IOException("it ends before the last row of the store");
    }

    private void close(@org.jspecify.annotations.Nullable Table table) throws SQLException {
        if (table != null) {
            counts.put(table.name, table.end());
        }
    }

    private void requireAll(long expected) throws IOException {
        long found = counts.values().stream().mapToLong(Long::longValue).sum();
        if (found != expected) {
            throw new IOException("it holds " + found + " rows of the store instead of " + expected);
        }
    }

    /** Explicit values do not move the sequence of an identity column. */
    private void restartNumbers(String table) throws SQLException {
        try (ResultSet columns = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), stored(table), "%")) {
            while (columns.next()) {
                if (columns.getString("IS_AUTOINCREMENT").equals("YES")) {
                    var column = columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
                    execute("ALTER TABLE " + table + " ALTER COLUMN " + column + " RESTART WITH "
                            + (largest(table, column) + 1));
                }
            }
        }
    }

    /** As the database keeps it: H2 in upper case. */
    private String stored(String table) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    }

    private long largest(String table, String column) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COALESCE(MAX(" + column + "), 0) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A table that is being filled. */
    private final class Table {
        private final String name;
        private final PreparedStatement statement;
        private final int[] types;
        private long rows;

        /** Names of a stranger's file go into SQL only if the store has them. */
        Table(JsonNode head, List<String> known) throws SQLException, IOException {
            name = head.path(RowWriter.TABLE).asString("");
            if (!known.contains(name)) {
                throw new IOException("it has a table that a store has not");
            }
            var columns = new ArrayList<String>();
            head.path(RowWriter.COLUMNS).forEach(column -> columns.add(column.asString()));
            if (columns.isEmpty() || !columns.stream().allMatch(column -> column.matches("[a-z][a-z0-9_]*"))) {
                throw new IOException("it has a column that a store has not");
            }
            var list = String.join(", ", columns);
            types = new int[columns.size()];
            try (var query = connection.createStatement();
                    var none = query.executeQuery("SELECT " + list + " FROM " + name + " WHERE 1 = 0")) {
                ResultSetMetaData about = none.getMetaData();
                for (int i = 0; i < types.length; i++) {
                    types[i] = about.getColumnType(i + 1);
                }
            }
            statement = connection.prepareStatement("INSERT INTO " + name + " (" + list + ") VALUES ("
                    + String.join(", ", Collections.nCopies(types.length, "?")) + ")");
        }

        void add(JsonNode row) throws SQLException, IOException {
            if (row.size() != types.length) {
                throw new IOException("it has a row of " + name + " with another number of columns");
            }
            for (int i = 0; i < types.length; i++) {
                bind(i + 1, types[i], row.get(i));
            }
            statement.addBatch();
            rows++;
            if (rows % BATCH == 0) {
                statement.executeBatch();
            }
        }

        private void bind(int place, int type, JsonNode value) throws SQLException {
            if (value.isNull()) {
                statement.setNull(place, type);
                return;
            }
            switch (type) {
                case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> statement.setLong(place, value.asLong());
                case Types.BOOLEAN, Types.BIT -> statement.setBoolean(place, value.asBoolean());
                case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                    statement.setObject(place, OffsetDateTime.parse(value.asString()));
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                    statement.setBytes(place, Base64.getDecoder().decode(value.asString()));
                default -> statement.setString(place, value.asString());
            }
        }

        long end() throws SQLException {
            statement.executeBatch();
            return rows;
        }
    }
}
