package io.dokploy.testkit.host;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What is to happen when a step begins: each once. Thread-safe. */
final class StepFaults {

    private final Map<String, Supplier<? extends Throwable>> planned = new ConcurrentHashMap<>();

    void plan(String step, Supplier<? extends Throwable> fault) {
        planned.put(step, fault);
    }

    /** Takes what is planned for that step. */
    Optional<Throwable> take(String step) {
        return Optional.ofNullable(planned.remove(step)).map(Supplier::get);
    }
}
