package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.util.Objects;

/** Names a backup for ever; sortable by the time at which it began. */
@Experimental
public record BackupId(String value) implements Comparable<BackupId> {
    public BackupId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int compareTo(BackupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
