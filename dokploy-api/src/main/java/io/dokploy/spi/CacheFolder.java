package io.dokploy.spi;

import java.nio.file.Path;

/** A directory that is kept between calls and held by one call at a time. */
public interface CacheFolder extends AutoCloseable {

    /** The directory. */
    Path directory();

    /** Lets others have it. */
    @Override
    void close();
}
