package io.dokploy.core.store;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes rows as JSON values, one a line: for each table an object with its name and its columns, then an array for each
 * row; at the end an object with the number of all rows. Times are ISO 8601, bytes Base64.
 */
final class RowWriter {

    static final String TABLE = "table";
    static final String COLUMNS = "columns";
    static final String ROWS = "rows";

    private static final int FETCHED_AT_ONCE = 100;

    private final Connection connection;
    private final JsonGenerator json;
    private final Map<String, Long> counts = new TreeMap<>();

    RowWriter(Connection connection, OutputStream stream) {
        this.connection = connection;
        this.json = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(ObjectWriteContext.empty(), stream);
    }

    Map<String, Long> write() throws SQLException, IOException {
        for (String table : StoreTables.of(connection)) {
            write(table);
        }
        json.writeStartObject();
        json.writeNumberProperty(
                ROWS, counts.values().stream().mapToLong(Long::longValue).sum());
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
        return counts;
    }

    private void write(String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
                var columns = rows.getMetaData();
                writeHead(table, columns);
                long count = 0;
                while (rows.next()) {
                    write(rows, columns);
                    count++;
                }
                counts.put(table, count);
            }
        }
    }

    private void writeHead(String table, ResultSetMetaData columns) throws SQLException {
        json.writeStartObject();
        json.writeStringProperty(TABLE, table);
        json.writeArrayPropertyStart(COLUMNS);
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            json.writeString(columns.getColumnName(i).toLowerCase(java.util.Locale.ROOT));
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void write(ResultSet row, ResultSetMetaData columns) throws SQLException {
        json.writeStartArray();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (row.getObject(i) == null) {
                json.writeNull();
            } else {
                write(row, i, columns.getColumnType(i));
            }
        }
        json.writeEndArray();
        json.writeRaw('\n');
    }

    private void write(ResultSet row, int column, int type) throws SQLException {
        switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> json.writeNumber(row.getLong(column));
            case Types.BOOLEAN, Types.BIT -> json.writeBoolean(row.getBoolean(column));
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                json.writeString(row.getObject(column, OffsetDateTime.class).toString());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> json.writeBinary(row.getBytes(column));
            case Types.VARCHAR, Types.LONGVARCHAR, Types.CHAR -> json.writeString(row.getString(column));
            default -> throw new IllegalStateException("A column of the store has the unknown type " + type);
        }
    }
}
