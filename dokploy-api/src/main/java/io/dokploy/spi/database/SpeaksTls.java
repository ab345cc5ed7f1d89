package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseTls;

/** An engine whose server can be reached by TLS. */
@Experimental
public interface SpeaksTls extends DatabaseProvisioner {

    /**
     * The same container, whose server has that certificate. It is ready only when TLS works; the key is a file that only
     * the server reads. Commands in the container, of logins without an address, work as before.
     */
    Blueprint withTls(Blueprint serving, DatabaseTls tls);

    /**
     * The same connection with URLs of which drivers use TLS, and refuse a server whose certificate is not for that host or
     * not of somebody whom they trust.
     */
    DatabaseConnection verifying(DatabaseConnection connection);
}
