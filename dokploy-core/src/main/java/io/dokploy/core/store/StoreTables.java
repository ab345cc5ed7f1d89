package io.dokploy.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a store, each after those that it refers to. */
final class StoreTables {

    /** Flyway makes the one, the workers the other. */
    private static final Set<String> LEFT_OUT = Set.of("dokploy_schema_history", "dokploy_scheduled_tasks");

    private StoreTables() {}

    static List<String> of(Connection connection) throws SQLException {
        var references = new LinkedHashMap<String, Set<String>>();
        var metadata = connection.getMetaData();
        try (ResultSet tables = metadata.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                var name = tables.getString("TABLE_NAME");
                if (name.toLowerCase(Locale.ROOT).startsWith("dokploy_")
                        && !LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                    references.put(name, new TreeSet<>());
                }
            }
        }
        for (var entry : references.entrySet()) {
            try (ResultSet keys =
                    metadata.getImportedKeys(connection.getCatalog(), connection.getSchema(), entry.getKey())) {
                while (keys.next()) {
                    entry.getValue().add(keys.getString("PKTABLE_NAME"));
                }
            }
        }
        return sorted(references);
    }

    private static List<String> sorted(Map<String, Set<String>> references) {
        var sorted = new ArrayList<String>();
        while (sorted.size() < references.size()) {
            int before = sorted.size();
            references.forEach((table, others) -> {
                if (!sorted.contains(table)
                        && others.stream().allMatch(other -> other.equals(table) || sorted.contains(other))) {
                    sorted.add(table);
                }
            });
            if (sorted.size() == before) {
                throw new IllegalStateException("The tables refer to each other in a circle: " + references);
            }
        }
        return sorted.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
