package io.dokploy.database.postgres;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.Login;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How drivers are told where a database is. */
final class Urls {

    private Urls() {}

    static DatabaseConnection of(Login login, String host, int port) {
        var place = (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + login.database();
        return new DatabaseConnection(
                host,
                port,
                login.user(),
                login.password(),
                login.database(),
                Secret.of("postgresql://" + login.user() + ":" + encode(login.password()) + "@" + place),
                Optional.of("jdbc:postgresql://" + place));
    }

    private static String encode(Secret password) {
        return URLEncoder.encode(password.reveal(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
