package io.dokploy.database.postgres;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;

/** Command lines of PostgreSQL's own client and its other tools. */
final class Psql {

    private Psql() {}

    /** Variables of psql ({@code name=value}) are quoted in the SQL by psql itself. */
    static EngineCommand script(Login login, String sql, String... variables) {
        var arguments = new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"));
        List.of(variables).forEach(variable -> arguments.addAll(List.of("-v", variable)));
        return tool(login, arguments.toArray(String[]::new)).reading(EnvironmentValue.plain(sql));
    }

    /** The same with a password, of which only what the server keeps reaches the server, and its log. */
    static EngineCommand script(Login login, String sql, Secret password, String... variables) {
        var verifier = Secret.of("\\set verifier '" + new ScramVerifier().of(password) + "'\n" + sql);
        return script(login, "", variables).reading(verifier);
    }

    /** Prints what these commands tell. */
    static EngineCommand query(Login login, String... commands) {
        var options = new ArrayList<String>();
        for (String command : commands) {
            options.addAll(List.of("-c", command));
        }
        return table(login, options);
    }

    /** Prints rows with tabs between the fields, and nothing else. */
    static EngineCommand table(Login login, List<String> options) {
        var arguments = new ArrayList<>(List.of("psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"));
        arguments.addAll(options);
        return tool(login, arguments.toArray(String[]::new));
    }

    /** Prints what this script tells. */
    static EngineCommand rows(Login login, String script) {
        return table(login, List.of()).reading(EnvironmentValue.plain(script));
    }

    /** One of PostgreSQL's tools, which read the login from their environment. */
    static EngineCommand tool(Login login, String... arguments) {
        var command = EngineCommand.of(arguments)
                .with("PGUSER", EnvironmentValue.plain(login.user()))
                .with("PGDATABASE", EnvironmentValue.plain(login.database()))
                .with("PGPASSWORD", login.password());
        return login.address()
                .map(address -> command.with("PGHOST", EnvironmentValue.plain(address.host()))
                        .with("PGPORT", EnvironmentValue.plain(Integer.toString(address.port())))
                        .with("PGCONNECT_TIMEOUT", EnvironmentValue.plain("10")))
                .orElse(command);
    }
}
