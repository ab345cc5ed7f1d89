package io.dokploy.core.database;

import io.dokploy.api.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Statements for a database's own client. */
public final class Statements {

    private Statements() {}

    /** Gives them; returns what the client writes. */
    public static String run(Client client, String database, String statements) {
        try (var session = client.databases().client(database)) {
            try (var input = session.stdin()) {
                input.write(statements.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            int exit = session.awaitExit(Duration.ofMinutes(1));
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + ": "
                        + new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
