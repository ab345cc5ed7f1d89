package io.dokploy.testkit.host;

import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.Source;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * The source of an application in a test: a directory or a Git repository that says what the next image runs. It begins
 * with a program that serves. Not thread-safe.
 */
public final class TestSource implements AutoCloseable {

    private static final PersonIdent AUTHOR = new PersonIdent("Ada", "ada@example.com");

    private final Path directory;
    private final ProgramBuilder programs;
    private final @Nullable Git git;

    private TestSource(Path directory, ProgramBuilder programs, @Nullable Git git) {
        this.directory = directory;
        this.programs = programs;
        this.git = git;
        commit(Program.serving());
    }

    static TestSource directory(Path directory, ProgramBuilder programs) {
        return new TestSource(directory, programs, null);
    }

    static TestSource repository(Path directory, ProgramBuilder programs) {
        try {
            return new TestSource(
                    directory,
                    programs,
                    Git.init()
                            .setDirectory(directory.toFile())
                            .setInitialBranch("main")
                            .call());
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code ApplicationSpec.source}. */
    public Source source() {
        return git == null
                ? DirectorySource.of(directory)
                : GitSource.of(directory.toUri().toString().replaceFirst("^file:/+", "file:///"))
                        .branch("main");
    }

    /** Where it lies, to put files into; a repository has them with the next commit. */
    public Path directory() {
        return directory;
    }

    /** From the next deployment on the containers run this program. */
    public TestSource commit(Program program) {
        return write(programs.nameOf(program));
    }

    /** The next one answers every request with that text. */
    public TestSource commitAnswering(String text) {
        return commit(Program.serving().answering(call -> HttpReply.ok(text)));
    }

    /** The next one takes a time to get healthy: it accepts no connection before, and its own health check waits too. */
    public TestSource commitHealthyAfter(Duration duration) {
        return commit(Program.serving().readyAfter(duration).healthyAfter(duration));
    }

    /** The next one runs, but answers every request with 500. */
    public TestSource commitUnhealthy() {
        return commit(Program.serving()
                .answering(call -> HttpReply.status(500, "broken"))
                .unhealthyAfter(Duration.ZERO));
    }

    /** The next one ends as soon as it is started. */
    public TestSource commitExiting(int code) {
        return commit(Program.exiting(Duration.ofMillis(1), code).readyAfter(Duration.ofDays(1)));
    }

    /** The next one does not build. */
    public TestSource commitBroken(String reason) {
        return write(ProgramBuilder.failing(reason));
    }

    private TestSource write(String text) {
        try {
            Files.writeString(directory.resolve(ProgramBuilder.FILE), text);
            if (git != null) {
                git.add().addFilepattern(".").call();
                git.commit()
                        .setMessage(text)
                        .setAuthor(AUTHOR)
                        .setCommitter(AUTHOR)
                        .setSign(false)
                        .call();
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by {@link TestDokploy#close()}. */
    @Override
    public void close() {
        if (git != null) {
            git.close();
        }
    }
}
