package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Something that appears in the file system of the containers. */
public sealed interface Mount {

    /** Where it appears, absolute. */
    String target();

    /**
     * A volume of the engine. It outlives the releases and, unless said otherwise, the application.
     *
     * @param name      within the environment
     * @param target    where it appears
     * @param readOnly  whether the application may not write
     * @param exclusive whether only one container at a time may have it; then a deployment stops the old release
     *                  before it starts the new one
     */
    record Volume(String name, String target, boolean readOnly, boolean exclusive) implements Mount {
        public Volume {
            var problems = Problems.of("volume mount");
            problems.require(
                    name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}"), "name", "must be letters, digits, _, . or -");
            checkTarget(problems, target);
            problems.throwIfAny();
        }
    }

    /**
     * A path of the engine's host.
     *
     * @param hostPath absolute, on the machine of the engine
     * @param target   where it appears
     * @param readOnly whether the application may not write
     */
    record Bind(String hostPath, String target, boolean readOnly) implements Mount {
        public Bind {
            var problems = Problems.of("bind mount");
            problems.require(hostPath.startsWith("/"), "hostPath", "must be absolute");
            checkTarget(problems, target);
            problems.throwIfAny();
        }
    }

    /**
     * A file with given content, put into each container before it starts.
     *
     * @param content text; may hold secrets, so it is stored encrypted
     * @param target  path of the file
     */
    record File(io.dokploy.api.value.Secret content, String target) implements Mount {
        private static final int LIMIT = 1 << 20;

        public File {
            Objects.requireNonNull(content, "content");
            var problems = Problems.of("file mount");
            checkTarget(problems, target);
            problems.require(
                    content.reveal().getBytes(StandardCharsets.UTF_8).length <= LIMIT,
                    "content",
                    "must be at most 1 MiB");
            problems.throwIfAny();
        }
    }

    /** A volume that several containers may share. */
    static Mount volume(String name, String target) {
        return new Volume(name, target, false, false);
    }

    /** A volume that only one container at a time may have. */
    static Mount exclusiveVolume(String name, String target) {
        return new Volume(name, target, false, true);
    }

    /** A path of the host. */
    static Mount bind(String hostPath, String target) {
        return new Bind(hostPath, target, false);
    }

    /** A file with content. */
    static Mount file(String content, String target) {
        return new File(io.dokploy.api.value.Secret.of(content), target);
    }

    private static void checkTarget(Problems problems, String target) {
        problems.require(
                target.startsWith("/")
                        && target.length() > 1
                        && target.indexOf('\0') < 0
                        && !java.util.List.of(target.split("/")).contains(".."),
                "target",
                "must be an absolute path other than /");
    }
}
