package io.dokploy.core.acceptance;

import io.dokploy.api.Application;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a site has that neither serves its live releases nor is kept on purpose; looked for past the library. */
final class Leftovers {

    private static final Pattern CANDIDATE = Pattern.compile("Dokploy-Candidate`, `([^`]+)`");

    private static final Pattern HEADER = Pattern.compile("(?m)^#: \"releases\": \"(.*)\"$");

    private final Site site;
    private final List<String> found = new ArrayList<>();

    private Leftovers(Site site) {
        this.site = site;
    }

    /** Described one by one; empty if there are none. */
    static List<String> of(Site site) {
        var leftovers = new Leftovers(site);
        leftovers.containers();
        leftovers.images();
        leftovers.routes();
        leftovers.files();
        leftovers.programs();
        leftovers.operations();
        return leftovers.found;
    }

    private void containers() {
        var live = site.applications().list().stream()
                .flatMap(application -> application.live().stream())
                .map(ReleaseId::value)
                .collect(Collectors.toSet());
        var all = Site.docker(
                "ps",
                "--all",
                "--format",
                "{{.Names}}|{{.Label \"io.dokploy.role\"}}|{{.Label \"io.dokploy.release\"}}|{{.State}}",
                "--filter",
                "label=io.dokploy.instance=" + site.instance());
        all.lines().forEach(line -> {
            var words = line.split("\\|", -1);
            boolean serves = words[1].equals("app") && live.contains(words[2]) && words[3].equals("running");
            if (!serves && !words[1].equals("router")) {
                found.add("container " + line);
            }
        });
    }

    private void images() {
        Set<String> kept = site.applications().list().stream()
                .flatMap(application -> site.applications().releases(application.name()).stream())
                .map(release -> release.image().id())
                .collect(Collectors.toSet());
        Site.docker(
                        "images",
                        "--all",
                        "--no-trunc",
                        "--quiet",
                        "--filter",
                        "label=io.dokploy.instance=" + site.instance())
                .lines()
                .distinct()
                .filter(id -> !kept.contains(id))
                .forEach(id -> found.add("image " + id));
    }

    private void routes() {
        for (Application application : site.applications().list()) {
            var file = files(site.data().resolve("traefik/dynamic"))
                    .filter(path -> path.getFileName().toString().endsWith("_" + application.name() + ".yml"))
                    .map(Leftovers::text)
                    .collect(Collectors.joining());
            var served = application.live().map(ReleaseId::value).orElse("");
            var header = HEADER.matcher(file);
            var leadsTo = header.find() ? header.group(1) : served;
            if (!leadsTo.equals(served)) {
                found.add("routes that lead to " + leadsTo + " instead of " + served);
            }
            Matcher candidate = CANDIDATE.matcher(file);
            while (candidate.find()) {
                found.add("private route to " + candidate.group(1));
            }
        }
    }

    private void files() {
        files(site.directory())
                .filter(path -> path.toString().contains("/work-"))
                .forEach(path -> found.add("workspace file " + path));
        var folders = folders(site.data().resolve("workspaces"));
        if (folders.size() > 1) {
            found.add("work folders of dead processes among " + folders);
        }
        files(site.data().resolve("traefik"))
                .filter(path -> path.toString().endsWith(".tmp"))
                .forEach(path -> found.add("unfinished file " + path));
    }

    /** Programs that work below the site's folder, or were given a path there. */
    private void programs() {
        var here = site.directory().toString();
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .forEach(process -> {
                    var arguments = Processes.arguments(process.pid());
                    if (arguments.contains(here)) {
                        found.add("program " + arguments);
                    }
                });
    }

    private void operations() {
        site.client().operations().list(100).stream()
                .filter(operation -> !operation.state().isFinal())
                .map(OperationRecord::toString)
                .forEach(operation -> found.add("operation " + operation));
        for (Application application : site.applications().list()) {
            var releases = site.applications().releases(application.name()).stream()
                    .map(Release::id)
                    .toList();
            if (application.live().isPresent()
                    && !releases.containsAll(application.live().stream().toList())) {
                found.add("live release " + application.live() + " is not among " + releases);
            }
        }
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path folder) {
        try (var all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
