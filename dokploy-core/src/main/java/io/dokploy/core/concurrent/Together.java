package io.dokploy.core.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs blocking actions at the same time and waits for all of them. */
public final class Together {

    private Together() {}

    /**
     * Runs all actions, each in a thread of its own (the last one in this thread), and waits until all have ended. The
     * first failure is thrown, with the others suppressed in it. An interrupt is passed on to the actions.
     */
    public static void run(List<? extends Runnable> actions) {
        if (actions.isEmpty()) {
            return;
        }
        var tasks = new ArrayList<FutureTask<Void>>();
        var threads = new ArrayList<Thread>();
        for (Runnable action : actions.subList(0, actions.size() - 1)) {
            var task = new FutureTask<Void>(action, null);
            tasks.add(task);
            var thread = new Thread(task, Thread.currentThread().getName() + "+" + tasks.size());
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            threads.add(thread);
            thread.start();
        }
        RuntimeException failure = null;
        try {
            actions.get(actions.size() - 1).run();
        } catch (RuntimeException e) {
            failure = e;
        }
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                var cause = e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
                if (failure == null) {
                    failure = cause;
                } else {
                    failure.addSuppressed(cause);
                }
            } catch (InterruptedException e) {
                threads.forEach(Thread::interrupt);
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for " + tasks.size() + " actions");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
