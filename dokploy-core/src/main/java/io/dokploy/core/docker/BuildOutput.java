package io.dokploy.core.docker;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.core.local.SecretMask;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageBuild;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/** Passes a build's output on with its secrets masked, and keeps its last lines for the error. */
final class BuildOutput implements Progress {

    private static final int LINES_KEPT = 30;

    private final String subject;
    private final Progress progress;
    private final SecretMask mask;
    private final Deque<String> last = new ArrayDeque<>();

    BuildOutput(ImageBuild build, Progress progress) {
        this.subject = "image " + build.tag();
        this.progress = progress;
        var hidden = new ArrayList<>(build.secrets().values());
        build.credentials().forEach(login -> hidden.add(login.password()));
        this.mask = SecretMask.of(hidden);
    }

    String masked(String text) {
        return mask.apply(text);
    }

    @Override
    public synchronized void line(String text) {
        var line = masked(text);
        progress.line(line);
        last.addLast(line);
        if (last.size() > LINES_KEPT) {
            last.removeFirst();
        }
    }

    /** The error of a build that ended in this way. */
    synchronized BuildFailedException failed(String how) {
        return new BuildFailedException(
                subject,
                masked(how) + ". Its last output:\n  | " + String.join("\n  | ", last),
                "Mend what the output complains about and deploy again.");
    }
}
