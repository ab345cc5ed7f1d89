package io.dokploy.core.pipeline;

import io.dokploy.api.LogQuery;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.ReleaseId;
import java.util.ArrayList;
import java.util.List;

/** The end of an output, as the last part of a reason. */
final class LastLines {

    private static final int LINES = 20;

    private LastLines() {}

    static String of(List<String> lines) {
        return lines.isEmpty() ? ", without output" : ". Its last output:\n  | " + String.join("\n  | ", lines);
    }

    /** What the containers of a release said last. */
    static String of(Job job, ReleaseId release) {
        try (var logs = job.platform().deployer().logs(job.ref(), release, LogQuery.last(LINES), job.context())) {
            var lines = new ArrayList<String>();
            logs.forEachRemaining(line -> lines.add(line.text()));
            return of(lines);
        } catch (DokployException e) {
            return ". Its output cannot be read: " + e.getMessage();
        }
    }
}
