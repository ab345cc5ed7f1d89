package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.value.Secret;
import java.util.Optional;

/**
 * Who works with which database, and where its server is.
 *
 * @param user     the database's own user
 * @param password their password
 * @param database the database
 * @param address  of the server, which a command must then be given; empty: the command runs in the server's own
 *                 container, and reaches it in the way that is best there
 */
@Experimental
public record Login(String user, Secret password, String database, Optional<Address> address) {

    /**
     * Where a server listens.
     *
     * @param host name or IP address
     * @param port number
     */
    public record Address(String host, int port) {}

    /** In the server's own container. */
    public Login(String user, Secret password, String database) {
        this(user, password, database, Optional.empty());
    }

    /** The same over the network: the server checks the password as it does of any other program. */
    public Login at(String host, int port) {
        return new Login(user, password, database, Optional.of(new Address(host, port)));
    }

    /** The same user in another database of the server. */
    public Login in(String otherDatabase) {
        return new Login(user, password, otherDatabase, address);
    }

    /** How programs reach the database as this user: {@code login.connection("postgresql", host, 5432).jdbc("postgresql")}. */
    public DatabaseConnection connection(String scheme, String host, int port) {
        return DatabaseConnection.of(scheme, host, port, user, password, database);
    }

    /** The same user with another password. */
    public Login with(Secret otherPassword) {
        return new Login(user, otherPassword, database, address);
    }
}
