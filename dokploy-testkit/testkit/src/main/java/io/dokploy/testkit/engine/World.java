package io.dokploy.testkit.engine;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.engine.ContainerEngine.EngineEvent;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that the engine holds, and the lock that guards it. */
final class World {

    /** Before the name of a container whose network another one shares. */
    private static final String OF_CONTAINER = "container:";

    private final VirtualTime time;
    private final Networks networks = new Networks();
    private final Images images = new Images();
    private final Registries registries = new Registries();
    private final EventHub<EngineEvent> events = new EventHub<>();
    private final Map<String, Container> containers = new TreeMap<>();
    private final Map<String, Volume> volumes = new TreeMap<>();
    private final Map<String, Program> programs = new HashMap<>();
    private int made;

    /** A volume: its labels and what is in it. */
    record Volume(Map<String, String> labels, FileTree files) {}

    World(VirtualTime time) {
        this.time = time;
    }

    VirtualTime time() {
        return time;
    }

    Networks networks() {
        return networks;
    }

    Images images() {
        return images;
    }

    Registries registries() {
        return registries;
    }

    EventHub<EngineEvent> events() {
        return events;
    }

    Map<String, Container> containers() {
        return containers;
    }

    Map<String, Volume> volumes() {
        return volumes;
    }

    Map<String, Program> programs() {
        return programs;
    }

    synchronized void locked(Runnable action) {
        action.run();
    }

    synchronized <T> T locked(Supplier<T> action) {
        return action.get();
    }

    Optional<Container> find(String nameOrId) {
        return containers.values().stream()
                .filter(container -> container.name().equals(nameOrId)
                        || container.id().equals(nameOrId)
                        || nameOrId.length() >= 12 && container.id().startsWith(nameOrId))
                .findFirst();
    }

    Container get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> Refusals.missing("container", nameOrId));
    }

    String create(ContainerSpec spec) {
        if (!spec.name().matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
            throw Refusals.refused("container " + spec.name(), "that is not a valid name");
        }
        if (find(spec.name()).isPresent()) {
            throw Refusals.refused("container " + spec.name(), "the name is already in use");
        }
        Image image = images.get(spec.image());
        String network = spec.network().orElse(Networks.DEFAULT);
        Map<String, FileTree> mounted = new HashMap<>();
        for (ContainerSpec.EngineMount mount : spec.mounts()) {
            Volume volume = volumes.computeIfAbsent(mount.source(), s -> new Volume(Map.of(), new FileTree()));
            mounted.put(mount.target(), volume.files());
        }
        String id = Image.sha256("container " + made++).substring("sha256:".length());
        if (network.startsWith(OF_CONTAINER)) {
            get(network.substring(OF_CONTAINER.length()));
        } else if (!network.equals("none")) {
            networks.get(network).members().put(id, spec.attachment());
        }
        containers.put(id, new Container(id, spec, image, new ContainerFiles(mounted), this));
        containers.get(id).happened("create");
        return id;
    }

    void start(String nameOrId) {
        Container container = get(nameOrId);
        if (!container.runs()) {
            checkPorts(container);
            container.start();
        }
    }

    void remove(Container container) {
        container.kill();
        container.cease();
        networks.of(container.id())
                .values()
                .forEach(network -> network.members().remove(container.id()));
        container.log().close();
        containers.remove(container.id());
        container.happened("destroy");
    }

    void removeVolume(String name) {
        boolean used = containers.values().stream()
                .flatMap(container -> container.spec().mounts().stream())
                .anyMatch(mount -> mount.source().equals(name));
        if (used) {
            throw Refusals.refused("volume " + name, "a container uses it");
        }
        volumes.remove(name);
    }

    Image pull(String reference, Optional<RegistryCredentials> credentials) {
        Image image = registries.pull(reference, credentials, time.instant());
        images.add(image);
        if (!reference.contains("@")) {
            images.tag(image, reference);
        }
        images.digest(image, Registries.digest(reference, image));
        return image;
    }

    /** The base of a build: from the engine, else pulled. */
    Image base(String reference, List<RegistryCredentials> logins) {
        return images.find(reference)
                .orElseGet(() -> pull(
                        reference,
                        logins.stream()
                                .filter(login -> login.host().equals(ImageName.registry(reference)))
                                .findFirst()));
    }

    private void checkPorts(Container container) {
        for (var port : container.spec().publishedPorts()) {
            boolean taken = containers.values().stream()
                    .filter(Container::runs)
                    .flatMap(other -> other.spec().publishedPorts().stream())
                    .anyMatch(other -> other.hostPort() == port.hostPort() && other.protocol() == port.protocol());
            if (taken) {
                throw Refusals.refused(
                        "container " + container.name(), "port " + port.hostPort() + " is already allocated");
            }
        }
    }

    /**
     * What runs in a container: a command that was given and is known, else what the test declared for the image, else the
     * image's own command if it is known, else the default.
     */
    Program program(Container container) {
        ContainerSpec spec = container.spec();
        Optional<Program> declared = declared(spec.image(), container.image());
        Program base = declared.orElse(Program.serving());
        boolean overridden = !spec.command().isEmpty() || !spec.arguments().isEmpty();
        List<String> entryPoint = spec.command().isEmpty() ? container.image().entryPoint() : spec.command();
        List<String> arguments = !overridden ? container.image().arguments() : spec.arguments();
        List<String> words =
                Stream.concat(entryPoint.stream(), arguments.stream()).toList();
        boolean known = !words.isEmpty() && Shell.knows(words.get(0), base.commands());
        return known && (overridden || declared.isEmpty())
                ? Timeline.of(words, container.files(), container.environment(), base, reachability(container))
                : base;
    }

    /** Whether a command would end with 0 in that container now. */
    boolean succeeds(Container container, List<String> check) {
        Program run = Timeline.of(
                check,
                container.files(),
                container.environment(),
                declared(container.spec().image(), container.image()).orElse(Program.serving()),
                reachability(container));
        return run.exit().filter(exit -> exit.code() == 0).isPresent();
    }

    /** Containers that run in the network under that name, those of one name in the order of their ids. */
    List<Container> resolve(String network, String name) {
        return networks.find(network).stream()
                .flatMap(found -> found.members().entrySet().stream()
                        .map(member -> Map.entry(containers.get(member.getKey()), member.getValue())))
                .filter(member -> member.getKey().runs())
                .filter(member -> member.getKey().name().equals(name)
                        || member.getKey().id().startsWith(name) && name.length() >= 12
                        || member.getValue().aliases().contains(name)
                        || networks.get(network).address(member.getKey().id()).equals(name))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Container::id))
                .toList();
    }

    /** Whose network it is that a container is in: its own, or that of the one it shares. */
    private Container networkOwner(Container container) {
        return container
                .spec()
                .network()
                .filter(network -> network.startsWith(OF_CONTAINER))
                .map(network -> get(network.substring(OF_CONTAINER.length())))
                .orElse(container);
    }

    Timeline.Reachability reachability(Container asking) {
        return new Timeline.Reachability() {
            @Override
            public boolean reaches(String host, int port) {
                return locked(() -> others(host).anyMatch(container -> container.accepts(port)));
            }

            @Override
            public boolean resolves(String host) {
                return locked(() -> others(host).findAny().isPresent());
            }

            private Stream<Container> others(String host) {
                Container from = networkOwner(asking);
                return host.equals("localhost") || host.equals("127.0.0.1")
                        ? Stream.of(from)
                        : networks.of(from.id()).keySet().stream().flatMap(network -> resolve(network, host).stream());
            }
        };
    }

    /** By id, by tag, by repository; an image without a name may be known under any of its tags. */
    private Optional<Program> declared(String reference, Image image) {
        var names = new ArrayList<>(List.of(reference, ImageName.normal(reference), image.id()));
        images.inspect(image.id()).ifPresent(info -> names.addAll(info.tags()));
        return names.stream()
                .flatMap(name -> Stream.of(name, ImageName.repository(name)))
                .map(programs::get)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
