package io.dokploy.core.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A program with all that it started. Thread-safe. */
final class ProcessTree {

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /**
     * Asks all to end, then kills what is left, and waits until they are gone. Children are looked for again before the
     * kill: those of a parent that has ended are not found any more, so all that were seen are kept.
     */
    void end() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        addWithDescendants(root, all);
        all.forEach(ProcessHandle::destroy);
        if (!awaitEnd(all, GRACE)) {
            Stream.concat(Stream.of(root), Set.copyOf(all).stream()).forEach(handle -> addWithDescendants(handle, all));
            all.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(all, LAST_WAIT);
        }
    }

    /** Ends the programs that work in that folder or below. Where the system does not tell, they end by themselves. */
    static void endAllIn(Path folder) {
        ProcessHandle.allProcesses()
                .filter(handle -> worksIn(handle, folder))
                .forEach(handle -> new ProcessTree(handle).end());
    }

    private static boolean worksIn(ProcessHandle handle, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(handle.pid()), "cwd"))
                    .startsWith(folder);
        } catch (IOException e) {
            // It has ended, it is somebody else's, or this is no Linux.
            return false;
        }
    }

    private static void addWithDescendants(ProcessHandle handle, Set<ProcessHandle> all) {
        handle.descendants().forEach(all::add);
        all.add(handle);
    }

    private static boolean awaitEnd(Set<ProcessHandle> handles, Duration limit) {
        CompletableFuture<?>[] ends =
                handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        boolean interrupted = Thread.interrupted();
        try {
            CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
