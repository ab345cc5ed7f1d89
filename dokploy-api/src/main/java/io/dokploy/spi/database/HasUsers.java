package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import java.util.List;

/** An engine that knows more users than the one that the spec names. Names are as in {@link HasDatabases}. */
@Experimental
public interface HasUsers extends ChangesPasswords {

    /**
     * Makes a user who may do everything in one database, what others make there included as far as the engine can, and
     * nothing in others; fails if there is one of that name. The password goes by the command's input or environment.
     *
     * @param login the database's own user
     * @param user  name, password and database of the new one
     */
    EngineCommand createUser(Login login, Login user);

    /**
     * Removes a user, by commands that are run in this order; what they own goes to the login's user where there is
     * owning. Fails if there is none, or if something would not work without them and cannot be given to another.
     *
     * @param databases all that the server has, by {@link HasDatabases}; else the login's
     */
    List<EngineCommand> dropUser(Login login, String user, List<String> databases);

    /** Prints the names of all users that are not the engine's own, one a line; the login's user is among them. */
    EngineCommand users(Login login);
}
