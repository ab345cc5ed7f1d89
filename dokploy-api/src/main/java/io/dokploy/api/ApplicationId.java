package io.dokploy.api;

import java.util.Objects;

/**
 * Names an application for ever. Opaque; sorts by time of creation.
 *
 * @param value {@code app_} and 26 characters
 */
public record ApplicationId(String value) implements Comparable<ApplicationId> {
    public ApplicationId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int compareTo(ApplicationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
