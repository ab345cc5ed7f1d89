package io.dokploy.core.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the buildx program. It is run by itself, not through the docker command, which only costs time. */
final class BuildxProgram {

    private static final String NAME = "docker-buildx";
    /** Where Docker's command line looks for its plugins. */
    private static final List<Path> DIRECTORIES = List.of(
            Path.of(System.getProperty("user.home", "/"), ".docker/cli-plugins"),
            Path.of("/usr/local/lib/docker/cli-plugins"),
            Path.of("/usr/local/libexec/docker/cli-plugins"),
            Path.of("/usr/lib/docker/cli-plugins"),
            Path.of("/usr/libexec/docker/cli-plugins"));

    private BuildxProgram() {}

    static Optional<Path> find() {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
