package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a restored database what its owner wants to know of it. */
final class CheckRestored {

    private static final Duration LAST_WORDS = Duration.ofMinutes(1);
    private static final int LINES_SHOWN = 5;
    private static final int LONGEST_LINE = 200;

    private final Backup backup;
    private final CheckQuery query;

    CheckRestored(Backup backup, CheckQuery query) {
        this.backup = backup;
        this.query = query;
    }

    /** @return what was found, in a line @throws BackupNotVerifiedException if it is not what is expected */
    String run(DatabaseServer server, DatabaseProvisioner plugin, Login login, CancelToken cancelToken)
            throws IOException {
        var command = plugin.client(login).reading(EnvironmentValue.plain(query.statement() + "\n"));
        try (var session = server.reading(command);
                var cancelled = cancelToken.onCancel(session::close)) {
            var shown = new ArrayList<String>();
            boolean found = read(session, shown);
            cancelToken.throwIfCancelled();
            requireSuccess(session);
            if (!found) {
                throw notVerified("its output has no line \"" + query.expected().orElse("") + "\"; it begins with "
                        + shown.stream().map(CheckRestored::shortened).toList());
            }
            return "your check query: "
                    + query.expected().map(line -> "found " + line).orElse("ended well");
        }
    }

    private boolean read(EngineSession session, List<String> shown) throws IOException {
        boolean found = query.expected().isEmpty();
        try (var output = new BufferedReader(new InputStreamReader(session.output(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                found |= query.expected().equals(Optional.of(line.strip()));
                if (shown.size() < LINES_SHOWN && !line.isBlank()) {
                    shown.add(line.strip());
                }
            }
        }
        return found;
    }

    private void requireSuccess(EngineSession session) {
        try {
            session.requireSuccess(LAST_WORDS);
        } catch (DokployException e) {
            throw notVerified(e.failure().reason());
        }
    }

    private BackupNotVerifiedException notVerified(String reason) {
        return new BackupNotVerifiedException(
                "backup " + backup.id(),
                "it was restored, but your check query is not answered as it should be: " + reason,
                "Look whether the data or the query is wrong; correct the query in the schedule.");
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
}
