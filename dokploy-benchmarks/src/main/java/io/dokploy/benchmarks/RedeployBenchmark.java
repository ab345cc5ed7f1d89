package io.dokploy.benchmarks;

import io.dokploy.benchmarks.Figures.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A redeploy by this library against a script of {@code git}, {@code docker buildx}, {@code docker run}, {@code curl} and a
 * moved Traefik file, in turns on the same repository. Measured is the time until the front door gives the first answer of
 * the new version; where nothing has changed, until the call returns.
 */
public final class RedeployBenchmark {

    private static final int WARM_UP = 2;

    private RedeployBenchmark() {}

    /** Runs both workloads, {@code ROUNDS} times each (default 7), and prints medians and ratios. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        for (Workload workload : List.of(Workload.BIG, Workload.TINY)) {
            print(workload, run(workload, rounds));
        }
    }

    static Figures run(Workload workload, int rounds) throws IOException {
        var directory = Files.createTempDirectory("dokploy-benchmark-");
        try (var repository = new ServedRepository(Files.createDirectory(directory.resolve("git")), workload)) {
            repository.commit("v0");
            try (var script = new ScriptSide(Files.createDirectory(directory.resolve("script")));
                    var library = new LibrarySide(directory.resolve("library"), repository.url())) {
                round(repository, script, library, "warm", WARM_UP);
                return round(repository, script, library, "v", rounds);
            }
        } finally {
            delete(directory);
        }
    }

    private static Figures round(
            ServedRepository repository, ScriptSide script, LibrarySide library, String prefix, int rounds) {
        var figures = new Figures();
        for (int i = 0; i < rounds; i++) {
            var forScript = prefix + i + "s";
            repository.commit(forScript);
            figures.add(Case.SCRIPT, script.deploy(repository.url(), forScript));
            var forLibrary = prefix + i + "l";
            repository.commit(forLibrary);
            figures.add(Case.COMMIT, library.deploy(forLibrary));
            figures.add(Case.NOTHING, library.nothing());
            figures.add(Case.CONFIGURATION, library.configure(prefix + i + "c"));
            figures.add(Case.ROLLBACK, library.rollBack(forLibrary));
        }
        return figures;
    }

    static void print(Workload workload, Figures figures) {
        System.out.println();
        System.out.println(workload);
        for (Case what : Case.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-36s median %6d ms, ratio %.2f%n",
                    what,
                    figures.median(what).toMillis(),
                    figures.ratio(what));
        }
        System.out.println();
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
