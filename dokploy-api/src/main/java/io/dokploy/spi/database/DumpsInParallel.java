package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseSpec;
import java.util.Optional;

/**
 * An engine whose tools dump a large database by several connections at once, and restore it in that way: PostgreSQL. What they
 * write is a folder and no stream, so it lies on a scratch volume before it is stored, and when it is restored. The library
 * makes that volume, in a container of the same image beside the server, and the folder becomes a tar in the backup.
 */
@Experimental
public interface DumpsInParallel extends DatabaseProvisioner {

    /**
     * By how many connections a database is dumped.
     *
     * @param bytes      what {@link #size} tells
     * @param processors of the engine's machine
     * @return 1: as a stream, without a scratch volume
     */
    int jobs(DatabaseSpec spec, long bytes, int processors);

    /** Prints how many bytes the login's database takes on its server's disk. A dump in a folder takes no more. */
    EngineCommand size(Login login);

    /**
     * The same part as a folder.
     *
     * @param folder absolute; is not there yet
     * @return whose command writes the folder, and ends with 0 only if all of it is written; empty: that part is always a
     *     stream
     */
    Optional<DumpPart> intoFolder(DumpPart part, String folder, int jobs);

    /** The same as {@link #restore} for a part that lies in that folder. */
    EngineCommand restoreFolder(String part, String version, Login login, String folder, int jobs);
}
