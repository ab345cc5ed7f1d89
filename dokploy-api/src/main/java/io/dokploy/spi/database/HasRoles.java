package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import java.util.Optional;

/** An engine whose dumps may name roles that they do not bring along: PostgreSQL. */
@Experimental
public interface HasRoles {

    /**
     * Makes a role without login and rights; does nothing if it is there.
     *
     * @param name anything of 1 to 63 characters without control characters
     */
    EngineCommand createRole(Login login, String name);

    /**
     * The role that a dump names and that is not there.
     *
     * @param complaints what the tool said that reads it
     * @return empty if it complains about something else
     */
    Optional<String> missingRole(String complaints);
}
