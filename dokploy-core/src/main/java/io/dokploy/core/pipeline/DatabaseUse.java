package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.VariableException;
import io.dokploy.api.release.Release;
import io.dokploy.core.variables.DatabaseValues;
import java.util.List;
import java.util.Optional;

/** Which applications of its environment refer to a database in their variables. */
public final class DatabaseUse {

    private final Platform platform;

    /** Asks the store of that platform. */
    public DatabaseUse(Platform platform) {
        this.platform = platform;
    }

    /** Those whose live release refers to it, or what would be deployed now; by name. */
    public List<Application> of(Database database) {
        return applications(database).stream()
                .filter(application -> runsWith(application, database) || wants(application, database))
                .toList();
    }

    /** Those that run with a value of it; by name. */
    public List<Application> running(Database database) {
        return applications(database).stream()
                .filter(application -> !application.stopped() && runsWith(application, database))
                .toList();
    }

    private List<Application> applications(Database database) {
        return platform.store().applications().list(database.project(), database.environment());
    }

    private boolean runsWith(Application application, Database database) {
        Optional<Release> live =
                application.live().flatMap(id -> platform.store().releases().find(id));
        return live.map(release -> DatabaseValues.databases(release.environment()))
                .filter(names -> names.contains(database.name()))
                .isPresent();
    }

    private boolean wants(Application application, Database database) {
        try {
            return DatabaseValues.databases(ResolveWish.environment(platform, application))
                    .contains(database.name());
        } catch (VariableException e) {
            // It cannot be deployed as it is; what it says itself counts.
            return DatabaseValues.databases(application.spec().environment()).contains(database.name());
        }
    }
}
