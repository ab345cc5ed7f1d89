package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import java.util.Optional;

/**
 * An engine that takes dumps which somebody else has made, with the engine's own tools or another platform. The library
 * has unpacked them (gzip, zstd) before.
 */
@Experimental
public interface ReadsDumps {

    /**
     * Reads a whole dump from its input into the login's database, which {@link DatabaseProvisioner#blueprint} has just
     * made, and ends with 0 only if all of it is there. What the dump says of owners, of users that do not exist and of
     * another name for the database must not stop it.
     *
     * @param beginning the first bytes of the dump, up to 4,096, which tell its format
     * @return empty if that is no dump of this engine
     */
    Optional<EngineCommand> readDump(byte[] beginning, String version, Login login);

    /** A dump as people expect it from this engine: readable by {@link #readDump} and by the engine's own tools. */
    DumpPart portableDump(String version, Login login);
}
