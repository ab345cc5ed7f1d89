package io.dokploy.builder.staticsite;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.spi.SourceTree;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a tree that is served.
 *
 * @param directory    its path in the tree; {@code .} for all of it
 * @param notFoundPage the path in the tree of the page for what is not there, if there is one
 */
record Site(String directory, Optional<String> notFoundPage) {

    private static final List<String> USUAL = List.of(".", "public", "dist", "build", "site");

    /** The first usual folder with an index page. */
    static Optional<String> detect(SourceTree tree) {
        return USUAL.stream()
                .filter(directory -> tree.hasFile(path(directory, "index.html")))
                .findFirst();
    }

    /** The folder of the settings, or the first usual one. */
    static Site find(SourceTree tree, StaticSettings settings) {
        String directory = settings.publishDirectory()
                .orElseGet(() -> detect(tree)
                        .orElseThrow(() -> new SourceNotFoundException(
                                "static site",
                                "none of these folders has an index.html: " + String.join(", ", USUAL) + ".",
                                "Name the folder in the builder's settings (publishDirectory).")));
        if (!tree.hasFile(path(directory, "index.html"))) {
            throw new SourceNotFoundException(
                    "static site \"" + directory + "\"",
                    "there is no index.html in it.",
                    "Name the folder that has the site; if a build makes it, use a Dockerfile instead.");
        }
        return new Site(directory, notFoundPage(tree, settings, directory));
    }

    private static Optional<String> notFoundPage(SourceTree tree, StaticSettings settings, String directory) {
        String page = path(directory, settings.notFoundPage().orElse("404.html"));
        if (tree.hasFile(page)) {
            return Optional.of(page);
        }
        if (settings.notFoundPage().isPresent()) {
            throw new SourceNotFoundException(
                    "page \"" + page + "\"",
                    "there is no such file in the source.",
                    "Correct notFoundPage in the builder's settings; it counts from the publish directory.");
        }
        return Optional.empty();
    }

    private static String path(String directory, String name) {
        return directory.equals(".") ? name : directory + "/" + name;
    }
}
