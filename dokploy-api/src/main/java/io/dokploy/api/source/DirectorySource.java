package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.nio.file.Path;

/**
 * A directory on the machine of this JVM. A copy of it is built; links that leave it are refused.
 *
 * @param directory absolute
 */
public record DirectorySource(Path directory) implements Source {

    public DirectorySource {
        Problems.of("directory source")
                .require(directory.isAbsolute(), "directory", "must be an absolute path")
                .throwIfAny();
    }

    /** That directory. */
    public static DirectorySource of(Path directory) {
        return new DirectorySource(directory.toAbsolutePath());
    }

    @Override
    public String describe() {
        return "directory " + directory;
    }
}
