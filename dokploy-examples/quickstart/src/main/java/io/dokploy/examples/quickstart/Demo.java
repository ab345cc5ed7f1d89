package io.dokploy.examples.quickstart;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Client;
import io.dokploy.api.Dokploy;
import io.dokploy.api.Operation;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The main job, shown as it happens: deploy, redeploy under load, a bad commit, a rollback. */
public final class Demo {

    private static final int VISITORS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PrintStream out = System.out;
    private final boolean keep;
    private int wrong;

    private Demo(boolean keep) {
        this.keep = keep;
    }

    /** Runs the demonstration; {@code --keep} leaves it running. Ends with exit code 1 if anything is not as promised. */
    public static void main(String[] arguments) throws IOException {
        // This program's own client must be able to say which host it means.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        var demo = new Demo(List.of(arguments).contains("--keep"));
        demo.run(Files.createTempDirectory("dokploy-demo-"));
        if (demo.wrong > 0) {
            System.exit(1);
        }
    }

    private void run(Path directory) throws IOException {
        int http = freePort();
        int https = freePort();
        try (var repository = new SampleRepository(directory.resolve("shop"));
                Dokploy dokploy = platform(directory.resolve("data"), http, https)
                        .label("io.dokploy.run", "demo")
                        .label(
                                "io.dokploy.run.pid",
                                Long.toString(ProcessHandle.current().pid()))
                        .label("io.dokploy.run.keep", Boolean.toString(keep))
                        .build()) {
            title("A repository with a web application");
            repository.commit("1", 200);
            out.println("  " + repository.url() + ", branch main");
            dokploy.start();
            var client = dokploy.as(Actor.of("demo"));
            try (var visitors = new Visitors(http, "shop.localhost")) {
                show(repository, client, visitors);
            }
            if (keep) {
                howToLook(directory, http);
            } else {
                clearAway(client);
            }
        }
        if (!keep) {
            delete(directory);
        }
        title(wrong == 0 ? "All as promised" : "Not as promised: " + wrong + " things");
    }

    private void show(SampleRepository repository, Client client, Visitors visitors) {
        var applications = client.applications();
        title("Deploy");
        applications.create(Quickstart.shop(repository.url()));
        deploy(applications);
        expect("200 Hello from version 1", visitors.look());

        title("A second commit, redeployed while " + VISITORS + " visitors look at it all the time");
        visitors.come(VISITORS);
        repository.commit("2", 200);
        deploy(applications);
        expect("200 Hello from version 2", visitors.look());

        title("A third commit whose health check fails");
        repository.commit("3", 500);
        refused(applications);
        expect("200 Hello from version 2", visitors.look());

        title("Roll back");
        timed(applications.rollback("shop"));
        expect("200 Hello from version 1", visitors.look());
        visitors.close();

        title("What the visitors saw");
        visitors.answers().forEach((answer, count) -> out.println("  " + count + " × " + answer));
        visitors.failures().forEach((answer, count) -> out.println("  " + count + " × FAILED: " + answer));
        out.println("  " + visitors.requests() + " requests, " + visitors.failed() + " failed requests");
        wrong += visitors.failed();
    }

    private void deploy(Applications applications) {
        timed(applications.deploy("shop"));
    }

    private void timed(Operation<Release> operation) {
        Release release = operation.await(PATIENCE);
        out.println("  live: " + release.id()
                + release.commit().map(commit -> ", commit " + commit.shortId()).orElse(""));
        steps(operation);
    }

    private void steps(Operation<Release> operation) {
        var steps = operation.events().stream()
                .filter(event -> event.type().equals(EventType.STEP_FINISHED))
                .map(Demo::step)
                .collect(Collectors.joining(", "));
        out.println("  steps in ms: " + steps);
    }

    private static String step(Event event) {
        return event.data().text("step", "?") + " " + event.data().number("milliseconds", 0);
    }

    private void refused(Applications applications) {
        try {
            applications.deploy("shop").await(PATIENCE);
            out.println("  WRONG: a release that fails its health check went live");
            wrong++;
        } catch (DokployException e) {
            out.println("  refused with " + e.code() + ":");
            e.failure().message().lines().forEach(line -> out.println("    " + line));
        }
    }

    private void expect(String expected, String actual) {
        boolean good = expected.equals(actual);
        out.println("  http://shop.localhost answers: " + actual + (good ? "" : "   WRONG, expected: " + expected));
        if (!good) {
            wrong++;
        }
    }

    private void howToLook(Path directory, int http) {
        title("It is left running");
        out.println("  curl -H 'Host: shop.localhost' http://127.0.0.1:" + http + "/");
        out.println("  docker ps --filter label=io.dokploy.instance");
        out.println("  its files are in " + directory);
        out.println("  to remove it: docker rm -f $(docker ps -aq --filter label=io.dokploy.instance)");
    }

    private void clearAway(Client client) {
        title("Clear away");
        client.maintenance().uninstall().await(PATIENCE).done().forEach(line -> out.println("  " + line));
    }

    private void title(String text) {
        out.printf(Locale.ROOT, "%n== %s%n", text);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** As the quickstart, with a directory and ports of its own. */
    private static DokployBuilder platform(Path directory, int httpPort, int httpsPort) {
        return DokployBuilder.create()
                .store(Store.embedded(directory))
                .router(TraefikSettings.managed().httpPort(httpPort).httpsPort(httpsPort));
    }
}
