package io.dokploy.api.release;

import java.util.Locale;
import java.util.Objects;

/**
 * Names a release for ever. Opaque; sorts by time.
 *
 * @param value {@code rel_} and 26 characters
 */
public record ReleaseId(String value) implements Comparable<ReleaseId> {
    public ReleaseId {
        Objects.requireNonNull(value, "value");
    }

    /** Its last 10 characters in lower case, for names of containers. */
    public String suffix() {
        return value.substring(Math.max(0, value.length() - 10)).toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ReleaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
