package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;

/**
 * How much of a container's output the engine keeps.
 *
 * @param maxSize  of one file
 * @param maxFiles how many
 */
public record LogRotation(ByteSize maxSize, int maxFiles) {
    public LogRotation {
        Problems.of("log rotation")
                .require(maxSize.compareTo(ByteSize.kibibytes(64)) >= 0, "maxSize", "must be at least 64 KiB")
                .require(maxFiles >= 1, "maxFiles", "must be at least 1")
                .throwIfAny();
    }

    /** Three files of 10 MiB. */
    public static LogRotation defaults() {
        return new LogRotation(ByteSize.mebibytes(10), 3);
    }
}
