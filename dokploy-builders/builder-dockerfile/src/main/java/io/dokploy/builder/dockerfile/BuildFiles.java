package io.dokploy.builder.dockerfile;

import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where in a tree the Dockerfile and the context of a build are; both are seen to lie in it.
 *
 * @param dockerfile the file on this machine
 * @param context    the directory on this machine
 * @param text       of the Dockerfile
 */
record BuildFiles(Path dockerfile, Path context, String text) {

    private static final int MOST_DIRECTORIES = 200;
    private static final int MOST_CANDIDATES = 10;

    /**
     * Finds them.
     *
     * @throws DockerfileNotFoundException with the Dockerfiles that there are
     * @throws SourceNotFoundException     if the context is not there
     * @throws UnsafeSourceException       if one is a link out of the tree
     */
    static BuildFiles find(SourceTree tree, DockerfileSettings settings) {
        String file = settings.file();
        if (!tree.hasFile(file)) {
            throw notFound(tree, file);
        }
        Path dockerfile = inside(tree, file);
        String text = tree.read(file)
                .orElseThrow(() -> new DockerfileNotFoundException(
                        subject(file), "it is too large to be a Dockerfile (more than 1 MiB).", "Name another file."));
        boolean whole = settings.context().equals(".");
        if (!whole && !tree.hasDirectory(settings.context())) {
            throw new SourceNotFoundException(
                    "build context \"" + settings.context() + "\"",
                    "there is no such directory in the source.",
                    "Correct the context in the builder's settings; it counts from the root of the source.");
        }
        return new BuildFiles(dockerfile, whole ? tree.directory() : inside(tree, settings.context()), text);
    }

    /** Paths of files that are Dockerfiles by their names, as far as a quick look finds them. */
    static List<String> candidates(SourceTree tree) {
        var found = new ArrayList<String>();
        var directories = new ArrayDeque<String>(List.of(""));
        for (int seen = 0; seen < MOST_DIRECTORIES && !directories.isEmpty(); seen++) {
            String directory = directories.remove();
            for (String name : tree.list(directory)) {
                String path = directory.isEmpty() ? name : directory + "/" + name;
                if (isDockerfileName(name) && tree.hasFile(path)) {
                    found.add(path);
                } else if (!name.startsWith(".") && !name.equals("node_modules") && tree.hasDirectory(path)) {
                    directories.add(path);
                }
            }
        }
        return found.stream().limit(MOST_CANDIDATES).toList();
    }

    private static boolean isDockerfileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.endsWith(".dockerignore")
                && (lower.startsWith("dockerfile") || lower.endsWith(".dockerfile") || lower.equals("containerfile"));
    }

    private static DockerfileNotFoundException notFound(SourceTree tree, String file) {
        List<String> others = candidates(tree);
        return new DockerfileNotFoundException(
                subject(file),
                "there is no such file in the source"
                        + (others.isEmpty()
                                ? ", nor any other Dockerfile."
                                : "; there is " + String.join(", ", others) + "."),
                others.isEmpty()
                        ? "Add a Dockerfile, or choose another builder."
                        : "Name one of them in the builder's settings, or add the missing one.");
    }

    private static Path inside(SourceTree tree, String path) {
        try {
            Path root = tree.directory().toRealPath();
            Path real = root.resolve(path).toRealPath();
            if (!real.startsWith(root)) {
                throw new UnsafeSourceException(
                        "\"" + path + "\"", "it is a link that leaves the source.", "Replace the link by a file.");
            }
            return real;
        } catch (IOException e) {
            throw new UnsafeSourceException(
                    "\"" + path + "\"", "it cannot be followed: " + e.getMessage(), "Replace the link by a file.", e);
        }
    }

    private static String subject(String file) {
        return "Dockerfile \"" + file + "\"";
    }
}
