package io.dokploy.database.mongo;

import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** mongodump and mongorestore, which take a password from a configuration file. */
final class Tools {

    /** For mongorestore, whose input is the archive; mongodump reads its configuration from its input. */
    static final String CONFIGURATION = "/run/dokploy/mongo-tools.yaml";

    private Tools() {}

    static EngineCommand dump(Login login, String... further) {
        return command("mongodump", "/dev/stdin", login, further).reading(configuration(login));
    }

    static EngineCommand restore(Login login, String... further) {
        return command("mongorestore", CONFIGURATION, login, further);
    }

    private static EngineCommand command(String tool, String configuration, Login login, String... further) {
        var address = login.address().orElse(new Login.Address("127.0.0.1", 27017));
        var arguments = new ArrayList<>(List.of(
                tool,
                "--config=" + configuration,
                "--host=" + address.host(),
                "--port=" + address.port(),
                "--username=" + login.user(),
                "--authenticationDatabase=admin",
                "--archive"));
        arguments.addAll(List.of(further));
        return EngineCommand.of(arguments.toArray(String[]::new));
    }

    /** YAML; in single quotes only the quote itself means something. */
    static Secret configuration(Login login) {
        return Secret.of("password: '" + login.password().reveal().replace("'", "''") + "'\n");
    }

    /** Members of a replica set know each other by it. There is one member, so it may be another each time. */
    static Secret key(Login login) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            digest.update("dokploy key file".getBytes(StandardCharsets.UTF_8));
            return Secret.of(Base64.getEncoder()
                    .encodeToString(digest.digest(login.password().reveal().getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-512", e);
        }
    }
}
