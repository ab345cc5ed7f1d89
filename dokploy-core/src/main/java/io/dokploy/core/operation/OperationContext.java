package io.dokploy.core.operation;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.event.Event;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.util.Collection;
import java.util.Optional;

/**
 * What a handler is given for one attempt at an operation. Thread-safe. Whatever writes throws
 * {@link io.dokploy.api.error.FencedException} if another worker has taken the operation meanwhile.
 */
public interface OperationContext {

    /** The operation as it was when this attempt began. */
    OperationRecord record();

    /** What it was asked with. */
    Tree.Branch arguments();

    /** What {@link #saveCheckpoint} has kept last, in this attempt or a former one. */
    Optional<Tree.Branch> checkpoint();

    /** Keeps what the next attempt needs to go on; replaces what was kept before. */
    void saveCheckpoint(Tree.Branch checkpoint);

    /** From 1; more means that a former attempt ended with its process. */
    int attempt();

    /** Fires when the operation is cancelled, its deadline is over, the instance closes or another worker has it. */
    CancelToken cancelToken();

    /** The output log; lines are masked, and written in batches. */
    Progress progress();

    /** Masks these in all output, events and failures from now on. */
    void mask(Collection<Secret> secrets);

    /** Ends the step before, if there was one, and begins another: events and {@code record().step()} say so. */
    void step(String name);

    /**
     * Asks the store whether this attempt still has the operation: before what another attempt would be harmed by.
     *
     * @throws io.dokploy.api.error.FencedException if not
     */
    void requireMine();

    /**
     * From here on it cannot be cancelled, nor ended by its deadline.
     *
     * @throws io.dokploy.api.error.CancelledException if somebody cancelled it before
     */
    void pointOfNoReturn();

    /** The text with all known secrets masked. */
    String masked(String text);

    /** Writes an event about this operation; texts in {@code data} are masked. The lane is its correlation key. */
    void emit(String type, Event.Severity severity, Tree.Branch data);

    /** The same, with another correlation key. */
    void emit(String type, Event.Severity severity, String correlationKey, Tree.Branch data);
}
