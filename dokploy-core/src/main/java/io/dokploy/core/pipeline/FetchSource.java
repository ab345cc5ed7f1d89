package io.dokploy.core.pipeline;

import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.Source;
import io.dokploy.core.source.FetchedSource;

/** Gets the files of the wanted commit, archive or directory; they stay as they are until the result is closed. */
final class FetchSource {

    FetchedSource run(Job job, Wish wish) {
        job.checkpoint();
        job.say("Fetching " + wish.spec().source().describe());
        var fetched = fetch(job, wish);
        fetched.commit()
                .ifPresent(commit ->
                        job.say("Commit " + commit.shortId() + " by " + commit.author() + ": " + commit.message()));
        return fetched;
    }

    private static FetchedSource fetch(Job job, Wish wish) {
        var sources = job.platform().sources();
        var progress = job.context().progress();
        var cancel = job.context().cancelToken();
        Source source = wish.spec().source();
        if (source instanceof GitSource git) {
            return sources.fetch(git, wish.commit(), progress, cancel);
        }
        var into = job.context().workspace().directory().resolve("source");
        if (source instanceof DirectorySource directory) {
            return sources.fetch(directory, into, progress, cancel);
        } else if (source instanceof ArchiveSource archive) {
            return sources.fetch(archive, into, progress, cancel);
        }
        throw new IllegalStateException("an image is not fetched but pulled: " + source.describe());
    }
}
