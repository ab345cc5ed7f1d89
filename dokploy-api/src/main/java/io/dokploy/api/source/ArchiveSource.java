package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import java.nio.file.Path;

/**
 * A zip or tar archive (plain, gzip, bzip2 or xz; recognised by its content) on the machine of this JVM, as a user
 * uploaded it. If everything lies in one folder, that folder is the root. Paths and links out of the tree, devices and
 * bombs are refused.
 *
 * @param archive absolute
 */
public record ArchiveSource(Path archive) implements Source {

    public ArchiveSource {
        Problems.of("archive source")
                .require(archive.isAbsolute(), "archive", "must be an absolute path")
                .throwIfAny();
    }

    /** That file. */
    public static ArchiveSource of(Path archive) {
        return new ArchiveSource(archive.toAbsolutePath());
    }

    @Override
    public String describe() {
        return "archive " + archive;
    }
}
