package io.dokploy.core.database;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.ExportedDump;
import io.dokploy.api.database.StatementResult;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.core.certificate.GivenCertificate;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.ReadsDumps;
import io.dokploy.spi.database.SpeaksTls;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/** Answers questions about a database and changes nothing. */
public final class DatabaseView {

    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final Platform platform;
    private final KnownDatabase known;

    /** Asks about that database as it is now. */
    public DatabaseView(Platform platform, Database database) {
        this.platform = platform;
        this.known = KnownDatabase.of(platform, database);
    }

    /** From inside the network. */
    public DatabaseConnection connection() {
        return known.connection();
    }

    /** From outside, if it is published. */
    public Optional<DatabaseConnection> externalConnection() {
        return known.database()
                .spec()
                .published()
                .map(published -> published
                        .tls()
                        .map(tls -> verified(tls, published.port()))
                        .orElseGet(() -> known.plugin()
                                .connection(
                                        known.login(),
                                        published.address().equals("0.0.0.0") ? "127.0.0.1" : published.address(),
                                        published.port())));
    }

    private DatabaseConnection verified(DatabaseTls tls, int port) {
        var connection = Capability.of(SpeaksTls.class, known)
                .verifying(known.plugin().connection(known.login(), tls.host(), port));
        return GivenCertificate.rootOf(tls.certificate())
                .map(connection::verifiedBy)
                .orElse(connection);
    }

    /** Whether it runs and can be used. */
    public boolean isReady() {
        try (var context = platform.contexts().quiet();
                var tools = tools(context)) {
            return known.database().adopted()
                    ? tools.server().succeeds(known.plugin().serverVersion(known.login()))
                    : tools.server().isReady();
        } catch (ContainerExitedException | DeadlineException e) {
            return false;
        }
    }

    /** Others may work at the same database. */
    private Tools tools(PluginContext context) {
        return Tools.of(known, UUID.randomUUID().toString().substring(24), 1, context);
    }

    /** What it says. */
    public LogStream logs(LogQuery query) {
        return platform.engine().logs(known.placement().container(), query.since(), query.tail(), query.follow());
    }

    /** Its engine's client, logged in. */
    public ExecSession client() {
        var command = known.plugin().client(known.login());
        var environment = new LinkedHashMap<String, String>();
        command.environment().forEach((name, value) -> environment.put(name, value.reveal()));
        var request = ExecRequest.of(command.arguments().toArray(String[]::new))
                .environment(environment)
                .withStdin();
        try (var context = platform.contexts().quiet()) {
            return tools(context).client(request);
        }
    }

    /** Gives its client statements. */
    public StatementResult run(String statements, Duration timeout) {
        try (var session = client()) {
            return new StatementRun(known.subject(), session).run(statements, timeout);
        }
    }

    /** Writes a dump for others. @param database of the server; empty: the one of the spec */
    public ExportedDump exportDump(Optional<String> database, OutputStream target) throws IOException {
        var login = database.map(known.login()::in).orElse(known.login());
        var dump = Capability.of(ReadsDumps.class, known)
                .portableDump(known.database().engineVersion(), login);
        try (var context = platform.contexts().quiet();
                var tools = tools(context);
                var session = tools.server().reading(dump.command())) {
            long bytes = session.output().transferTo(target);
            session.requireSuccess(LAST_WORDS);
            target.flush();
            return new ExportedDump(dump.format(), bytes);
        }
    }
}
