package io.dokploy.spi;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of an application as they were fetched: read-only, safe (no link leaves it), without {@code .git}. Paths are
 * relative, with {@code /}.
 */
public interface SourceTree {

    /** Where the tree lies on the machine of this JVM; for reading, and as the context of a build. */
    Path directory();

    /** A hash over names, modes and contents of all files: the same files give the same hash. */
    String hash();

    /** Whether there is a regular file of that path. */
    boolean hasFile(String path);

    /** Whether there is a directory of that path. */
    boolean hasDirectory(String path);

    /** The text of a file of at most 1 MiB, if it is there. */
    Optional<String> read(String path);

    /** Opens a file. */
    InputStream open(String path);

    /** The names in a directory, sorted; {@code ""} is the root. */
    List<String> list(String directory);
}
