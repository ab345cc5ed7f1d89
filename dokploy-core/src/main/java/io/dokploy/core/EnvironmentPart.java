package io.dokploy.core;

import io.dokploy.api.Operation;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.Adoption;
import io.dokploy.core.operation.OperationRequest;
import java.time.Duration;

/** What one actor can do with one kind of things in one environment: who asks, where, and how work is asked for. */
abstract class EnvironmentPart {

    final ActorClient client;
    final RunningParts running;
    final String project;
    final String environment;

    EnvironmentPart(ActorClient client, String project, String environment) {
        this.client = client;
        this.running = client.running();
        this.project = project;
        this.environment = environment;
    }

    /** For people: {@code default/production/shop}. */
    final String subject(String name) {
        return project + "/" + environment + "/" + name;
    }

    /** The database of that name. */
    final Database database(String name) {
        return running.store()
                .databases()
                .find(project, environment, name)
                .orElseThrow(() -> new NotFoundException(
                        "database " + subject(name), "there is none of that name", "Create it, or correct the name."));
    }

    /** The same, if its server is ours. @param instead what to do if it is not */
    final Database ours(String name, String instead) {
        var database = database(name);
        Adoption.requireOurs(database, instead);
        return database;
    }

    /** A new database that is to be filled: as one that is stopped, so that no empty server runs under its name before. */
    final Database unfilled(DatabaseSpec spec, String version) {
        var databases = running.store().databases();
        return databases.setStopped(
                databases.insert(project, environment, spec, version).id(), true);
    }

    /** Asks for an operation; one at a time runs in each lane. */
    final <T> Operation<T> submit(
            String kind,
            String lane,
            String subject,
            Tree.BranchBuilder arguments,
            Class<T> result,
            Duration deadline) {
        return running.queue()
                .submit(OperationRequest.of(kind, lane, subject, client.actor(), arguments.build(), result, deadline));
    }
}
