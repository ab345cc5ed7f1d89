package io.dokploy.core.acceptance;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Client;
import io.dokploy.api.Dokploy;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.FreePort;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A whole Dokploy with the real engine and a Traefik of its own on free ports of loopback; leaves nothing behind. */
final class Site implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The test application's image, which no registry has. */
    static final ImageSource TESTAPP = ImageSource.of("dokploy/testapp:1").pull(ImageSource.Pull.MISSING);

    private final Path directory;
    private final int httpPort;
    private final int httpsPort;
    private final UnaryOperator<DokployBuilder> changes;
    private Dokploy dokploy;
    private String instance = "";

    Site(Path directory) {
        this(directory, UnaryOperator.identity());
    }

    Site(Path directory, UnaryOperator<DokployBuilder> changes) {
        this(directory, FreePort.next(), FreePort.next(), changes);
    }

    Site(Path directory, int httpPort, int httpsPort, UnaryOperator<DokployBuilder> changes) {
        this.directory = directory;
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
        this.changes = changes;
        this.dokploy = open();
    }

    private Dokploy open() {
        var opened = changes.apply(DokployBuilder.create()
                        .store(Store.embedded(directory.resolve("data")))
                        .label("io.dokploy.run", "test")
                        .label(
                                "io.dokploy.run.pid",
                                Long.toString(ProcessHandle.current().pid()))
                        .router(TraefikSettings.managed()
                                .bindAddress("127.0.0.1")
                                .httpPort(httpPort)
                                .httpsPort(httpsPort)
                                .withoutRetries()))
                .build();
        opened.start();
        return opened;
    }

    /** Ends this instance and starts another one on the same store. */
    void restart() {
        stop();
        start();
    }

    /** Ends this instance; what is deployed goes on serving. */
    void stop() {
        dokploy.close();
    }

    /** Starts another instance on the same store. */
    void start() {
        dokploy = open();
    }

    /** Where all files are. */
    Path directory() {
        return directory;
    }

    /** Its files beside the store. */
    Path data() {
        return directory.resolve("data");
    }

    Dokploy dokploy() {
        return dokploy;
    }

    Client client() {
        return dokploy.as(Actor.of("test"));
    }

    Applications applications() {
        return client().applications();
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    Load load(String host) {
        return new Load(httpPort, host);
    }

    /** The test application of that repository under {@code NAME.localhost}, with drains that end soon. */
    static ApplicationSpec.Builder app(String name, TestRepository repository) {
        return ApplicationSpec.named(name)
                .source(GitSource.of(repository.url()).branch("main"))
                .domain(Domain.of(name + ".localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"))
                .healthyWithin(Duration.ofSeconds(20));
    }

    /** The test application as an image, under {@code NAME.localhost}. */
    static ApplicationSpec.Builder image(String name) {
        return ApplicationSpec.named(name)
                .source(TESTAPP)
                .domain(Domain.of(name + ".localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"))
                .healthyWithin(Duration.ofSeconds(20));
    }

    /** What owns all that this site makes on the engine. */
    String instance() {
        if (instance.isEmpty()) {
            instance = docker(
                            "ps",
                            "--format",
                            "{{.Label \"io.dokploy.instance\"}} {{.Ports}}",
                            "--filter",
                            "label=io.dokploy.role=router")
                    .lines()
                    .filter(line -> line.contains(":" + httpPort + "->"))
                    .map(line -> line.split(" ")[0])
                    .findFirst()
                    .orElseThrow();
        }
        return instance;
    }

    /** Containers of this site that neither serve a live release nor are the router. */
    List<String> leftovers() {
        return docker(
                        "ps",
                        "--all",
                        "--format",
                        "{{.Names}} {{.Label \"io.dokploy.role\"}}",
                        "--filter",
                        "label=io.dokploy.instance=" + instance())
                .lines()
                .filter(line -> !line.endsWith(" app") && !line.endsWith(" router"))
                .toList();
    }

    /** What the front door answers. */
    Answer get(String host, String path) {
        return Answer.get(httpPort, host, path);
    }

    /** Keeps an application and deploys it. */
    Release deploy(ApplicationSpec spec) {
        applications().create(spec);
        return applications().deploy(spec.name()).await(PATIENCE);
    }

    /** What the docker command says, for looks past the library. */
    static String docker(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** What a program printed; it must end well. */
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            client().maintenance().uninstall().await(PATIENCE);
        } finally {
            dokploy.close();
        }
    }
}
