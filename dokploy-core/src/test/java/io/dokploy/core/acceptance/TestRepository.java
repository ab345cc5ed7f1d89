package io.dokploy.core.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A repository on this machine with the test application, whose behaviour is chosen with each commit. */
final class TestRepository implements AutoCloseable {

    private final Path directory;
    private final Git git;

    TestRepository(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            git = Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("main")
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return directory.toUri().toString().replace("file:/", "file:///").replace("file://///", "file:///");
    }

    Path directory() {
        return directory;
    }

    /** Commits a version of the application with settings of its own: {@code HEALTH=fail}; see the test application. */
    String commit(String version, String... settings) {
        var dockerfile = new StringBuilder("FROM dokploy/testapp:1\nENV VERSION=" + version + "\n");
        for (String setting : settings) {
            dockerfile.append("ENV ").append(setting).append('\n');
        }
        return commitDockerfile(dockerfile.toString());
    }

    /** Commits a Dockerfile. */
    String commitDockerfile(String text) {
        return commitFile("Dockerfile", text);
    }

    /** Commits a file; returns the id of the commit. */
    String commitFile(String name, String text) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), text);
            git.add().addFilepattern(".").call();
            var ada = new PersonIdent("Ada", "ada@example.com");
            return git.commit()
                    .setMessage("Changed " + name)
                    .setAuthor(ada)
                    .setCommitter(ada)
                    .setSign(false)
                    .call()
                    .name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
