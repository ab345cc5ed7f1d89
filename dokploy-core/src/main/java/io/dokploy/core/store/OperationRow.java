package io.dokploy.core.store;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.value.Tree;
import java.time.Duration;
import java.util.Optional;

/**
 * An operation with all that its worker needs.
 *
 * @param record          what everybody may see
 * @param lane            one runs at a time in each
 * @param deadline        for the work, from its start
 * @param attempt         how often it was begun
 * @param cancelRequested whether somebody asked for its end
 * @param pointPassed     whether it is too late for that
 * @param arguments       of the request
 * @param checkpoint      what a former attempt has left
 */
public record OperationRow(
        OperationRecord record,
        String lane,
        Duration deadline,
        int attempt,
        boolean cancelRequested,
        boolean pointPassed,
        Tree.Branch arguments,
        Optional<Tree.Branch> checkpoint) {}
