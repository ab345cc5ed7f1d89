package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import java.util.Objects;

/** Names a database for ever, whatever people call it. Never used again, sortable by the time of creation. */
@Experimental
public record DatabaseId(String value) implements Comparable<DatabaseId> {
    public DatabaseId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int compareTo(DatabaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
