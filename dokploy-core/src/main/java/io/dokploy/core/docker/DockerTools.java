package io.dokploy.core.docker;

import io.dokploy.api.error.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of this JVM's machine, and which addresses, an engine's client may use.
 *
 * @param workspaces private directories of builds are made below it, and go with the build
 * @param buildx     the buildx program; empty: builds use the Engine API's classic builder
 * @param subnets    the first two numbers of the 256 /24 subnets that networks get: {@code 10.210}
 * @param labels     further labels for every container, network and volume that is made
 */
public record DockerTools(Path workspaces, Optional<Path> buildx, String subnets, Map<String, String> labels) {

    private static final String SUBNETS = "10.210";

    public DockerTools {
        labels = Map.copyOf(labels);
        Problems.of("Docker tools")
                .require(subnets.matches("[0-9]{1,3}\\.[0-9]{1,3}"), "subnets", "must be two numbers, such as 10.210")
                .throwIfAny();
    }

    /** The buildx that is installed where Docker looks for its plugins, if there is one, and the usual subnets. */
    public static DockerTools installed(Path workspaces) {
        return new DockerTools(workspaces, BuildxProgram.find(), SUBNETS, Map.of());
    }

    /** The same with the classic builder. */
    public DockerTools withoutBuildx() {
        return new DockerTools(workspaces, Optional.empty(), subnets, labels);
    }

    /** The same with networks in another /16. */
    public DockerTools subnets(String firstTwoNumbers) {
        return new DockerTools(workspaces, buildx, firstTwoNumbers, labels);
    }

    /** The same with these labels on all that is made. */
    public DockerTools labels(Map<String, String> newLabels) {
        return new DockerTools(workspaces, buildx, subnets, newLabels);
    }

    /** What something is to carry: its own labels before those of all. */
    Map<String, String> labelsWith(Map<String, String> own) {
        var all = new TreeMap<>(labels);
        all.putAll(own);
        return all;
    }
}
