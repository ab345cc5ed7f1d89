package io.dokploy.spi.database;

import io.dokploy.api.Experimental;

/** An engine that reads its dump when it starts, from a file in its data directory, and in no other way: Redis. */
@Experimental
public interface SeededBeforeStart {

    /** Where the dump is put before the first start, relative to the data directory: {@code dump.rdb}. */
    String seedFile();
}
