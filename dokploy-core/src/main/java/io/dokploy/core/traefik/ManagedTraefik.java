package io.dokploy.core.traefik;

import io.dokploy.api.application.LogRotation;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.PublishedPort.Protocol;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Traefik as a container of the engine. It is made anew only if its image or its configuration has changed. */
final class ManagedTraefik implements Installation {

    static final String CONFIGURATION_LABEL = "io.dokploy.configuration";

    private static final Duration STOP_GRACE = Duration.ofSeconds(35); // longer than Traefik's own
    private static final String REMEDY_PORTS =
            "Free the port, or choose others: TraefikSettings.httpPort, httpsPort, privatePort, bindAddress.";

    private final TraefikSettings settings;
    private final String instance;
    private final Path root;
    private final RouteFolder folder;
    private final PrivatePort privatePort;
    private final String name;

    ManagedTraefik(TraefikSettings settings, String instance, Path root) {
        this.settings = settings;
        this.instance = instance;
        this.root = root.toAbsolutePath().normalize();
        this.folder = new RouteFolder(this.root.resolve("dynamic"), this.root.resolve("work"));
        this.privatePort = new PrivatePort(this.root.resolve("private-port"), settings.privatePort());
        this.name = containerName(instance);
    }

    static String containerName(String instance) {
        return "dokploy-" + Names.hash(instance) + "-traefik";
    }

    @Override
    public RouteFolder folder() {
        return folder;
    }

    @Override
    public String folderInTraefik() {
        return StaticConfiguration.DYNAMIC_FOLDER;
    }

    @Override
    public Optional<String> container() {
        return Optional.of(name);
    }

    @Override
    public InetSocketAddress privateAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), privatePort.number());
    }

    @Override
    public void start(TraefikApi api, PluginContext context) {
        String configuration = writeConfiguration();
        ContainerEngine engine = context.engine();
        String wanted = fingerprint(configuration);
        engine.inspect(name).ifPresent(this::requireOurs);
        putBack(engine);
        Optional<ContainerInfo> present = engine.inspect(name);
        if (present.filter(container -> wanted.equals(container.labels().get(CONFIGURATION_LABEL)))
                .isEmpty()) {
            create(wanted, present, context);
        }
        startContainer(engine);
        engine.remove(former());
        new ApiWait(api, folder, engine, name).await(context.cancelToken());
    }

    private String writeConfiguration() {
        var files = new RouteFolder(root.resolve("static"), root.resolve("work"));
        files.prepare();
        new RouteFolder(root.resolve("acme"), root.resolve("work")).prepare();
        String configuration = StaticConfiguration.render(settings);
        files.write(StaticConfiguration.FILE_NAME, configuration);
        settings.acmeCaCertificate().ifPresent(pem -> files.writeText(StaticConfiguration.ACME_CA_FILE, pem));
        return configuration + settings.acmeCaCertificate().orElse("");
    }

    /** Of all that a running container cannot change. */
    private String fingerprint(String configuration) {
        return Names.digest(String.join(
                "\n",
                configuration,
                settings.image(),
                settings.bindAddress(),
                settings.httpPort() + " " + settings.httpsPort() + " " + privatePort.number(),
                root.toString(),
                labels().toString()));
    }

    private void create(String wanted, Optional<ContainerInfo> present, PluginContext context) {
        ContainerEngine engine = context.engine();
        if (engine.inspectImage(settings.image()).isEmpty()) {
            context.progress().line("Pulling " + settings.image());
            engine.pull(
                    settings.image(),
                    context.registries().forImage(settings.image()),
                    context.progress(),
                    context.cancelToken());
        }
        engine.ensureNetwork(new NetworkSpec(network(), labels(), false));
        present.ifPresent(former -> {
            context.progress().line("Traefik's configuration has changed: restarting it");
            engine.stop(former.id(), STOP_GRACE);
            engine.rename(former.id(), former());
        });
        engine.create(spec(wanted));
        present.ifPresent(former -> former.networks().keySet().stream()
                .filter(other -> !other.equals(network()))
                .forEach(other -> engine.connect(other, name, NetworkAttachment.plain())));
    }

    private void startContainer(ContainerEngine engine) {
        try {
            engine.start(name);
        } catch (DokployException e) {
            engine.remove(name);
            if (engine.inspect(former()).isPresent()) {
                putBack(engine);
                engine.start(name);
            } else {
                privatePort.forget();
            }
            throw new RouterSetupException(
                    "container " + name, "it does not start: " + e.failure().reason(), REMEDY_PORTS, e);
        }
    }

    /** The one that was replaced keeps this name until its successor runs. */
    private String former() {
        return name + "-former";
    }

    /** One whose successor never came to be takes its name again. */
    private void putBack(ContainerEngine engine) {
        if (engine.inspect(name).isEmpty()) {
            engine.inspect(former()).ifPresent(former -> engine.rename(former.id(), name));
        }
    }

    private void requireOurs(ContainerInfo container) {
        if (!instance.equals(container.labels().get("io.dokploy.instance"))) {
            throw new RouterSetupException(
                    "container " + name, "there is a container of that name which is not ours", "Remove or rename it.");
        }
    }

    private ContainerSpec spec(String configuration) {
        return ContainerSpec.of(name, settings.image())
                .arguments(List.of(
                        "--configFile=" + StaticConfiguration.FOLDER + "/" + StaticConfiguration.FILE_NAME + ".yml"))
                .labels(labels())
                .label(CONFIGURATION_LABEL, configuration)
                .network(network(), NetworkAttachment.plain())
                .mount(new EngineMount(root.resolve("static").toString(), StaticConfiguration.FOLDER, true))
                .mount(new EngineMount(root.resolve("dynamic").toString(), folderInTraefik(), true))
                .mount(new EngineMount(root.resolve("acme").toString(), StaticConfiguration.ACME_FOLDER, false))
                .publish(port(settings.bindAddress(), settings.httpPort(), StaticConfiguration.WEB))
                .publish(port(settings.bindAddress(), settings.httpsPort(), StaticConfiguration.WEBSECURE))
                .publish(port("127.0.0.1", privatePort.number(), StaticConfiguration.INTERNAL))
                .restart(RestartPolicy.UNLESS_STOPPED)
                .logs(LogRotation.defaults())
                .readOnlyRoot()
                .build();
    }

    private SortedMap<String, String> labels() {
        var labels = new TreeMap<>(settings.labels());
        labels.put("io.dokploy.instance", instance);
        labels.put("io.dokploy.role", "router");
        return labels;
    }

    /**
     * Its own network. The engine publishes ports by the container's first network in alphabetical order, and moves
     * them (cutting connections) when another comes first: hence the digit.
     */
    private String network() {
        return "0-" + name;
    }

    private static PublishedPort port(String address, int host, int container) {
        return new PublishedPort(address, host, container, Protocol.TCP);
    }
}
