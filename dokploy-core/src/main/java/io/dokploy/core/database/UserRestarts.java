package io.dokploy.core.database;

import io.dokploy.api.Application;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.PostponedException;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.DatabaseUse;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.pipeline.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Restarts the applications that use a database, as a part of the operation that has changed it. They wait for their turn
 * in their own lanes, so the operation is postponed until they are done.
 */
public final class UserRestarts {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String RESTARTS = "restarts";
    /** It was stopped or deleted meanwhile: nothing of it runs with a former value. */
    private static final Set<String> NOTHING_TO_DO = Set.of(NotFoundException.CODE, NotRunningException.CODE);

    private final Platform platform;
    private final OperationQueue queue;

    /** Restarts by that queue. */
    public UserRestarts(Platform platform, OperationQueue queue) {
        this.platform = platform;
        this.queue = queue;
    }

    /**
     * Changes a database, unless a former attempt of the operation has, and restarts who uses it.
     *
     * @throws PostponedException as long as some are not restarted
     * @throws UserErrorException if some could not be restarted
     */
    public void after(OperationContext operation, Database database, Runnable change) {
        if (!haveBegun(operation)) {
            announce(operation, database);
            change.run();
        }
        run(operation, database);
    }

    /** Says which will be restarted, before anything happens. */
    private void announce(OperationContext operation, Database database) {
        var names = names(new DatabaseUse(platform).running(database));
        operation
                .progress()
                .line(
                        names.isEmpty()
                                ? "No running application refers to it: none will be restarted"
                                : "Applications that refer to it and will be restarted: " + names);
    }

    /** Whether a former attempt of this operation came so far that only the restarts are left. */
    private boolean haveBegun(OperationContext operation) {
        return operation
                .checkpoint()
                .filter(kept -> kept.get(RESTARTS).isPresent())
                .isPresent();
    }

    /** Restarts them and waits. */
    private void run(OperationContext operation, Database database) {
        if (!haveBegun(operation)) {
            operation.step("restart");
            var asked = new DatabaseUse(platform)
                    .running(database).stream()
                            .map(application -> restart(operation, database, application)
                                    .id()
                                    .value())
                            .toList();
            operation.saveCheckpoint(Tree.branch().put(RESTARTS, asked).build());
        }
        var restarts = operation.checkpoint().orElseThrow().texts(RESTARTS).stream()
                .map(OperationId::new)
                .map(queue::get)
                .map(Operation::record)
                .toList();
        if (!restarts.stream().allMatch(record -> record.state().isFinal())) {
            throw new PostponedException(PAUSE);
        }
        requireSuccess(operation, restarts);
    }

    private Operation<Release> restart(OperationContext operation, Database database, Application application) {
        var subject = application.project() + "/" + application.environment() + "/" + application.name();
        return queue.submit(new OperationRequest<>(
                Requests.RESTART,
                application.id().value(),
                subject,
                operation.record().actor(),
                Tree.branch()
                        .put(Requests.APPLICATION, application.id().value())
                        .build(),
                Release.class,
                Superseding.NONE,
                // An attempt that died may have asked already.
                Optional.of(operation.record().id().value()),
                application.spec().deadline(),
                Optional.empty(),
                "database " + database.name() + " was changed"));
    }

    private static void requireSuccess(OperationContext operation, List<OperationRecord> restarts) {
        var failed = new ArrayList<String>();
        for (OperationRecord record : restarts) {
            boolean nothingToDo = record.failure()
                    .filter(failure -> NOTHING_TO_DO.contains(failure.code()))
                    .isPresent();
            if (record.state() != State.SUCCEEDED && !nothingToDo) {
                failed.add(record.subject() + " ("
                        + record.failure()
                                .map(failure -> DokployException.of(failure).getMessage())
                                .orElse(record.state().toString())
                        + ")");
            }
        }
        if (!failed.isEmpty()) {
            throw new UserErrorException(Failure.user(
                    "applications-not-restarted",
                    operation.record().subject(),
                    "the database was changed, but these applications could not be restarted and still have the former"
                            + " values: " + String.join("; ", failed),
                    "Mend what is said of each, and restart it."));
        }
    }

    private static String names(List<Application> applications) {
        return applications.stream().map(Application::name).collect(Collectors.joining(", "));
    }
}
