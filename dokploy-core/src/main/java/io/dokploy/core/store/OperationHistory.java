package io.dokploy.core.store;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.value.Tree;
import java.util.Optional;

/**
 * A line of the history of a subject.
 *
 * @param record     what was asked and how far it is
 * @param arguments  it was asked with
 * @param checkpoint what its handler has noted last
 * @param result     the store form of what came of it; read it with {@code ValueJson.restore}
 * @param reason     why it was asked for
 */
public record OperationHistory(
        OperationRecord record,
        Tree.Branch arguments,
        Optional<Tree.Branch> checkpoint,
        Optional<String> result,
        String reason) {}
