package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import java.util.Optional;

/**
 * An engine whose databases can be adopted: each of its commands that reads the server, its dump included, reaches one
 * elsewhere when the {@link Login} has an address. Who logs in may be able to read their database and nothing else, so what
 * stands beside the data of a dump is what they may see.
 */
@Experimental
public interface AdoptsServers extends DatabaseProvisioner {

    /** On which a server listens, if nobody says something else. */
    int port();

    /**
     * The tag of the image whose tools fit a server, and which opens what they dump.
     *
     * @param serverVersion what {@link #serverVersion} prints
     * @return empty if that is no server of this engine
     */
    Optional<String> tagFor(String serverVersion);
}
