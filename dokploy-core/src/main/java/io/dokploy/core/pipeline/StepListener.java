package io.dokploy.core.pipeline;

import io.dokploy.spi.ApplicationRef;

/** Is told of each step of each operation, in the operation's thread, once the store has it. Must be thread-safe. */
@FunctionalInterface
public interface StepListener {

    /** That step begins. What is thrown here, the step throws. */
    void begun(ApplicationRef application, String step);

    /** Nobody wants to know. */
    static StepListener none() {
        return (application, step) -> {};
    }
}
