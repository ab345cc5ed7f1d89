package io.dokploy.spi;

import java.nio.file.Path;

/** A private directory (mode 0700) of one step on the machine of this JVM; it is gone, with all in it, afterwards. */
public interface Workspace extends AutoCloseable {

    /** The directory. */
    Path directory();

    /** Removes it. */
    @Override
    void close();
}
