/**
 * The durable queue: whatever takes time is asked for here, runs one at a time in its lane, survives the end of the
 * process and can be followed and cancelled from everywhere. {@link io.dokploy.core.operation.OperationQueue} is the way
 * in; what is done is said by {@link io.dokploy.core.operation.OperationHandler}. The table of operations is the truth,
 * db-scheduler only wakes workers and notices dead ones.
 */
@NullMarked
package io.dokploy.core.operation;

import org.jspecify.annotations.NullMarked;
