package io.dokploy.api.value;

import io.dokploy.api.error.Problems;

/**
 * An amount of bytes.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    public ByteSize {
        Problems.of("byte size")
                .require(bytes >= 0, "bytes", "must not be negative")
                .throwIfAny();
    }

    /** So many bytes. */
    public static ByteSize bytes(long bytes) {
        return new ByteSize(bytes);
    }

    /** So many times 1,024 bytes. */
    public static ByteSize kibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 10));
    }

    /** So many times 1,024 KiB. */
    public static ByteSize mebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 20));
    }

    /** So many times 1,024 MiB. */
    public static ByteSize gibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 30));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that leaves at least one: {@code 1.5 GiB}. */
    @Override
    public String toString() {
        if (bytes < 1L << 10) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(java.util.Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    }
}
