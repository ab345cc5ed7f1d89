package io.dokploy.api;

import io.dokploy.api.database.DatabaseConnection;
import java.util.List;
import java.util.Map;

/**
 * What is inside the server of a database: further databases, users, extensions. Each call returns when the engine has done
 * it, and fails with what the engine says. Names are letters, digits and {@code _}, at most 31, not a digit first; anything
 * else is an {@link io.dokploy.api.error.InvalidSpecException}. What an engine does not have, and its plugin cannot do, is
 * refused with the code {@code not-supported}. Thread-safe.
 *
 * <p>A backup holds all databases of the server, and the users.
 */
@Experimental
public interface DatabaseAdministration {

    /** The databases, the spec's among them; those that users have made by statements may have any name. */
    List<String> databases();

    /** Makes an empty database of the spec's user. */
    void createDatabase(String database);

    /** Removes a database with all that is in it; not the spec's. */
    void dropDatabase(String database);

    /** The users, the spec's among them. */
    List<String> users();

    /**
     * Makes a user who may do everything in one database, with 32 random letters and digits as the password.
     *
     * @return how they reach it; the one time that the password is told, since it is not kept
     */
    DatabaseConnection createUser(String user, String database);

    /**
     * Removes a user; what they own goes to the spec's. Of MySQL and MariaDB it is refused while they are the definer of a
     * view, a trigger, an event or a routine.
     */
    void dropUser(String user);

    /** Gives a user another random password; not the spec's, see {@link Databases#changePassword(String)}. @return it, once */
    DatabaseConnection changePassword(String user, String database);

    /** The extensions that are on in the spec's database, with their versions. */
    Map<String, String> extensions();

    /** Switches an extension on in the spec's database: {@code pg_trgm}. The image must have it. */
    void createExtension(String extension);

    /** Switches it off. */
    void dropExtension(String extension);
}
