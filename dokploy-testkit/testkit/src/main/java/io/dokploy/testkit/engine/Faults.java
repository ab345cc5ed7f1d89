package io.dokploy.testkit.engine;

import io.dokploy.api.error.EngineUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** What the test wants to fail, and how often each operation was asked for. Thread-safe. */
final class Faults {

    private final Map<EngineOperation, Deque<RuntimeException>> next = new EnumMap<>(EngineOperation.class);
    private final Map<EngineOperation, RuntimeException> always = new EnumMap<>(EngineOperation.class);
    private final Map<EngineOperation, Integer> calls = new EnumMap<>(EngineOperation.class);
    private boolean unavailable;

    synchronized void failNext(EngineOperation operation, RuntimeException exception) {
        next.computeIfAbsent(operation, o -> new ArrayDeque<>()).add(exception);
    }

    synchronized void failAlways(EngineOperation operation, RuntimeException exception) {
        always.put(operation, exception);
    }

    synchronized void unavailable(boolean now) {
        unavailable = now;
    }

    synchronized void clear() {
        next.clear();
        always.clear();
        unavailable = false;
    }

    synchronized int calls(EngineOperation operation) {
        return calls.getOrDefault(operation, 0);
    }

    /** Counts the call, and throws what is meant for it. */
    synchronized void check(EngineOperation operation) {
        calls.merge(operation, 1, Integer::sum);
        if (unavailable) {
            throw new EngineUnavailableException(
                    "in-memory engine", "the test made it unavailable", "Call available() in the test.");
        }
        Deque<RuntimeException> once = next.get(operation);
        RuntimeException exception = once == null ? null : once.poll();
        if (exception == null) {
            exception = always.get(operation);
        }
        if (exception != null) {
            throw exception;
        }
    }
}
