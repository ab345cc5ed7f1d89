package io.dokploy.core.operation;

import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.core.store.StoreAccess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handler and writes down what came of it. */
final class OperationRun {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRun.class);

    private final StoreAccess store;

    OperationRun(StoreAccess store) {
        this.store = store;
    }

    /** @return how long its lane has to rest */
    Duration run(RunningOperation operation, OperationHandler<?> handler) {
        try {
            Object result = handler.handle(operation);
            end(operation, State.SUCCEEDED, result, null);
        } catch (PostponedException e) {
            operation.output().flush();
            store.work().release(operation.claim());
            return e.pause();
        } catch (InterruptedException e) {
            failed(operation, e);
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failed(operation, e);
        }
        return Duration.ZERO;
    }

    private void failed(RunningOperation operation, Throwable error) {
        Failure failure = failure(operation, error);
        switch (failure.code()) {
            case ShutDownException.CODE -> {
                operation.output().flush();
                store.work().release(operation.claim());
            }
            case FencedException.CODE -> {
                operation.output().flush();
                LOG.warn("Operation {} goes on elsewhere", operation.claim().id());
            }
            case CancelledException.CODE -> end(operation, State.CANCELLED, null, failure);
            default -> end(operation, State.FAILED, null, failure);
        }
    }

    private Failure failure(RunningOperation operation, Throwable error) {
        Optional<Failure> reason = operation.token().reason();
        if (error instanceof DokployException known
                && (reason.isEmpty() || known.code().equals(reason.get().code()))) {
            return operation.masked(known.failure());
        }
        if (reason.isPresent()) {
            // What breaks while the work is being stopped is a consequence of the stop.
            LOG.info(
                    "Operation {} was stopped; its handler ended with {}",
                    operation.claim().id(),
                    operation.masked(error.toString()));
            return reason.get();
        }
        Failure defect = Failure.defect("defect", operation.record().subject(), describe(error));
        Failure masked = operation.masked(defect);
        LOG.error(
                "Operation {} failed with a defect: {}\n{}",
                operation.claim().id(),
                masked.reason(),
                operation.masked(StackTraces.of(error)));
        return masked;
    }

    private static String describe(Throwable error) {
        return error instanceof InterruptedException
                ? "the thread of the operation was interrupted by somebody else"
                : "unexpected " + error;
    }

    private void end(RunningOperation operation, State state, @Nullable Object result, @Nullable Failure failure) {
        operation.output().flush();
        boolean mine = store.inTransaction(() -> {
            boolean ended = store.work().finish(operation.claim(), state, result, failure);
            if (ended) {
                operation.finishStep();
            }
            return ended;
        });
        if (!mine) {
            LOG.warn(
                    "Operation {} ended here as {}, but another worker has it",
                    operation.claim().id(),
                    state);
        }
    }
}
