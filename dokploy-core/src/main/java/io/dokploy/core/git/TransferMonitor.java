package io.dokploy.core.git;

import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Tells what JGit does, a line a task and one for each further tenth, and stops it when nobody wants it any more. */
final class TransferMonitor implements ProgressMonitor {

    private final Progress progress;
    private final CancelToken cancel;
    private String task = "";
    private int total;
    private int done;
    private int told;

    TransferMonitor(Progress progress, CancelToken cancel) {
        this.progress = progress;
        this.cancel = cancel;
    }

    @Override
    public void start(int totalTasks) {
        // each task tells of itself
    }

    @Override
    public void beginTask(String title, int totalWork) {
        task = title;
        total = totalWork;
        done = 0;
        told = 0;
    }

    @Override
    public void update(int completed) {
        done += completed;
        if (total > 1000) {
            int tenth = (int) (10L * done / total);
            if (tenth > told && tenth < 10) {
                told = tenth;
                progress.line(task + ": " + tenth * 10 + " %");
            }
        }
    }

    @Override
    public void endTask() {
        if (!task.isEmpty() && done > 0) {
            progress.line(task + ": " + done);
        }
        task = "";
    }

    @Override
    public boolean isCancelled() {
        return cancel.isCancelled();
    }

    @Override
    public void showDuration(boolean enabled) {
        // the operation's own log has the time of each line
    }
}
