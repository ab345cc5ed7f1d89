package io.dokploy.core.traefik;

import static org.awaitility.Awaitility.await;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.core.FreePort;
import io.dokploy.core.TraefikSettings;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Routes;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A router with a real Traefik on free ports of loopback, and containers that it reaches; leaves nothing behind but the
 * folder. Every container and network carries the instance's label.
 */
final class TestFrontDoor implements AutoCloseable {

    static final String TESTAPP = "dokploy/testapp:1";
    static final int PORT = 3000;

    private static final String STATUS_SERVER = """
            import http.server, sys
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(int(sys.argv[1]))
                    self.end_headers()
            http.server.ThreadingHTTPServer(("", 3000), Handler).serve_forever()
            """;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String instance = "test" + unique;
    private final Path folder;
    private final ContainerEngine engine;
    private final TestContext context;
    private final String network = "dokploy-test-" + unique;
    private final AtomicLong revisions = new AtomicLong();
    private final int httpPort = FreePort.next();
    private final int httpsPort = FreePort.next();
    private final TraefikSettings settings;
    private TraefikRouter router;

    /** One with a managed Traefik, started. */
    TestFrontDoor(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    /** One with a managed Traefik with further settings, started. */
    TestFrontDoor(Path folder, UnaryOperator<TraefikSettings> changes) {
        this(folder, TraefikSettings.managed(), changes);
        start();
    }

    /** One with those settings on free ports; not started yet. */
    TestFrontDoor(Path folder, TraefikSettings base, UnaryOperator<TraefikSettings> changes) {
        this.folder = folder;
        this.engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(folder));
        this.context =
                TestContext.builder().engine(engine).clock(Clock.systemUTC()).build();
        engine.ensureNetwork(new NetworkSpec(network, labels(), false));
        TraefikSettings labelled =
                base.bindAddress("127.0.0.1").httpPort(httpPort).httpsPort(httpsPort);
        for (var label : labels().entrySet()) {
            labelled = labelled.label(label.getKey(), label.getValue());
        }
        this.settings = changes.apply(labelled);
        this.router = newRouter(settings);
    }

    /** A router with other settings for the same instance and folder; not started. */
    TraefikRouter newRouter(TraefikSettings other) {
        return new TraefikRouter(other, instance, folder, Clock.systemUTC(), new SecureRandom());
    }

    void start() {
        router.start(List.of(network), context);
    }

    /** As after a restart of this program. */
    void startAnew() {
        router = newRouter(settings);
        start();
    }

    TraefikRouter router() {
        return router;
    }

    TraefikSettings settings() {
        return settings;
    }

    TestContext context() {
        return context;
    }

    ContainerEngine engine() {
        return engine;
    }

    String instance() {
        return instance;
    }

    String network() {
        return network;
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    /** The folder that a managed Traefik watches. */
    Path watched() {
        return folder.resolve("traefik/dynamic");
    }

    /** The name of a managed Traefik's container. */
    String traefik() {
        return ManagedTraefik.containerName(instance);
    }

    /** The names and values by which all that is ours is found. */
    Map<String, String> labels() {
        return Map.of(
                "io.dokploy.instance", instance,
                "io.dokploy.run", unique,
                "io.dokploy.run.pid", Long.toString(ProcessHandle.current().pid()));
    }

    ApplicationRef application(String name) {
        String id = (name + unique).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return new ApplicationRef(instance, new ApplicationId("app_" + id), "acme", "production", name);
    }

    /** A running test application with that version; gives its network name. */
    String testapp(String version) {
        return run(
                "app" + version,
                ContainerSpec.of(name("app" + version), TESTAPP).env("VERSION", version));
    }

    /** A server that answers every request with that status; gives its network name. */
    String answering(int status) {
        String name = name("status" + status);
        if (engine.inspect(name).isPresent()) {
            return name;
        }
        return run(
                "status" + status,
                ContainerSpec.of(name, "python:3.13-slim")
                        .command(List.of("python3", "-c", STATUS_SERVER, Integer.toString(status))));
    }

    /** Starts a container in the network; gives its network name. It is awaited if it listens on {@link #PORT}. */
    String run(String what, ContainerSpec.Builder spec) {
        String name = start(what, spec);
        awaitPort(name, PORT);
        return name;
    }

    /** Starts a container in the network; gives its network name. */
    String start(String what, ContainerSpec.Builder spec) {
        engine.create(spec.labels(labels())
                .network(network, NetworkAttachment.plain())
                .build());
        engine.start(name(what));
        return name(what);
    }

    /** The name of a container of ours. */
    String name(String what) {
        return "dokploy-test-" + unique + "-" + what;
    }

    /** The address of a container in the network. */
    String address(String container) {
        return engine.inspect(container).orElseThrow().networks().get(network).address();
    }

    /** Waits until a container listens. */
    void awaitPort(String container, int port) {
        await(container + " listens").atMost(Duration.ofSeconds(30)).until(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address(container), port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Serves those domains by that host, seen in force. */
    ApplicationRef serve(String application, String host, Domain... domains) {
        return serve(application, List.of(host), domains);
    }

    /** Serves those domains by those hosts, seen in force. */
    ApplicationRef serve(String application, List<String> hosts, Domain... domains) {
        Routes routes = routes(application(application), hosts, domains);
        router.check(routes);
        router.publish(routes);
        router.awaitInForce(routes.application(), routes.revision(), context);
        return routes.application();
    }

    /** Routes with a revision of their own. */
    Routes routes(ApplicationRef application, List<String> hosts, Domain... domains) {
        var backend =
                new Backend(new ReleaseId("rel_LIVE" + unique.toUpperCase(Locale.ROOT)), 1, hosts, Optional.empty());
        return new Routes(application, revisions.incrementAndGet(), 1, List.of(domains), List.of(backend), List.of());
    }

    /** A request to the HTTP port. */
    Page.Request http(String host) {
        return new Page.Request(httpPort, false, host);
    }

    /** A request to the HTTPS port. */
    Page.Request https(String host) {
        return new Page.Request(httpsPort, true, host);
    }

    @Override
    public void close() {
        var ours = Map.of("io.dokploy.instance", instance);
        engine.list(ours).forEach(container -> engine.remove(container.id()));
        engine.listNetworks(ours).forEach(made -> engine.removeNetwork(made.name()));
        context.close();
        engine.close();
    }

    /** What the docker command says, for what the engine's interface does not offer. */
    static String docker(String... arguments) {
        try {
            var command = new ArrayList<>(List.of("docker"));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
