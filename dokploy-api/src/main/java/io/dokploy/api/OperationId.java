package io.dokploy.api;

import java.util.Objects;

/**
 * Names an operation for ever. Opaque; sorts by time of the request.
 *
 * @param value {@code op_} and 26 characters
 */
public record OperationId(String value) implements Comparable<OperationId> {
    public OperationId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int compareTo(OperationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
