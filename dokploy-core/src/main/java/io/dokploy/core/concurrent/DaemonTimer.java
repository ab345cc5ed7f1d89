package io.dokploy.core.concurrent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Timers that do not keep a JVM from its end. */
public final class DaemonTimer {

    private DaemonTimer() {}

    /** One whose threads have that name; whoever makes it shuts it down. */
    public static ScheduledExecutorService of(String name, int threads) {
        return Executors.newScheduledThreadPool(threads, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
