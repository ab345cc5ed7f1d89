package io.dokploy.core.operation;

import org.jspecify.annotations.Nullable;

/**
 * Does operations of one kind; called by several threads at once, for different lanes.
 *
 * @param <T> the result: null for {@code Void}, else a value of the API
 */
@FunctionalInterface
public interface OperationHandler<T> {

    /**
     * Does the work, or goes on with it where a former attempt stopped. A {@code DokployException} ends the operation as
     * failed (cancelled, if it is that); anything else counts as a defect. When the instance closes, the cancel token
     * throws; what is thrown then leaves the operation for the next attempt.
     */
    @Nullable
    T handle(OperationContext context) throws Exception;
}
