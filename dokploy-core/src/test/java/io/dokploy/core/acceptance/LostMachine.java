package io.dokploy.core.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Takes from the engine and the disk all that an instance had there. */
final class LostMachine {

    private LostMachine() {}

    /** @param image of its application @param data its files */
    static void destroy(String instance, String image, Path data) throws IOException {
        var all = Site.docker("ps", "--all", "--quiet", "--filter", "label=io.dokploy.instance=" + instance);
        for (String container : all.lines().toList()) {
            Site.docker("rm", "--force", "--volumes", container);
        }
        remove("network", instance);
        remove("volume", instance);
        Site.docker("image", "rm", "--force", image);
        delete(data);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void remove(String what, String instance) {
        List<String> found = Site.docker(what, "ls", "--quiet", "--filter", "label=io.dokploy.instance=" + instance)
                .lines()
                .toList();
        found.forEach(one -> Site.docker(what, "rm", one));
    }
}
