package io.dokploy.core.docker;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.api.error.EngineVersionException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.spi.engine.ImageInfo;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import io.dokploy.spi.engine.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A Docker Engine. Thread-safe; {@link #connect} asks it for its version, so that what is wrong shows at once. */
public final class DockerEngine implements ContainerEngine {

    private final EngineClient client;
    private final DockerTools tools;
    private final Containers containers;
    private final Images images;
    private final Networks networks;

    private DockerEngine(EngineClient client, DockerTools tools) {
        this.client = client;
        this.tools = tools;
        this.containers = new Containers(client, tools);
        this.images = new Images(client);
        this.networks = new Networks(client, tools);
    }

    /**
     * Connects to the engine.
     *
     * @throws io.dokploy.api.error.EngineUnavailableException if it does not answer
     * @throws EngineVersionException                          if it is too old
     */
    public static DockerEngine connect(DockerEndpoint endpoint, DockerTools tools) {
        return new DockerEngine(EngineClient.connect(endpoint), tools);
    }

    @Override
    public EngineInfo info() {
        var version = client.json("Docker Engine", EngineRequest.get("/version"));
        return new EngineInfo(
                "docker",
                version.path("Version").asString(""),
                client.version().toString(),
                version.path("Os").asString(""),
                version.path("Arch").asString(""),
                tools.buildx().isPresent());
    }

    @Override
    public String create(ContainerSpec spec) {
        return containers.create(spec);
    }

    @Override
    public void start(String container) {
        containers.start(container);
    }

    @Override
    public void pause(String container) {
        containers.pause(container);
    }

    @Override
    public void stop(String container, Duration grace) {
        containers.stop(container, grace);
    }

    @Override
    public void kill(String container, String signal) {
        containers.kill(container, signal);
    }

    @Override
    public void remove(String container) {
        containers.remove(container);
    }

    @Override
    public void rename(String container, String name) {
        containers.rename(container, name);
    }

    @Override
    public Optional<ContainerInfo> inspect(String container) {
        return containers.inspect(container);
    }

    @Override
    public List<ContainerInfo> list(Map<String, String> labels) {
        return containers.list(labels);
    }

    @Override
    public int awaitExit(String container, Duration timeout) {
        return containers.awaitExit(container, timeout);
    }

    @Override
    public LogStream logs(String container, Optional<Instant> since, Optional<Integer> tail, boolean follow) {
        return containers.logs(container, since, tail, follow);
    }

    @Override
    public ExecSession exec(String container, ExecRequest request) {
        return containers.exec(container, request);
    }

    @Override
    public void copyIn(String container, String directory, InputStream tar) {
        containers.copyIn(container, directory, tar);
    }

    @Override
    public InputStream copyOut(String container, String path) {
        return containers.copyOut(container, path);
    }

    @Override
    public EngineSubscription stats(String container, Consumer<ContainerStats> listener) {
        var request = EngineRequest.get("/containers/" + EngineRequest.encode(container) + "/stats");
        return new StreamFollower(
                client,
                "statistics of container " + container,
                request,
                StreamFollower.Ending.FINAL,
                node -> listener.accept(StatsForm.read(node)));
    }

    @Override
    public Optional<ImageInfo> inspectImage(String reference) {
        return images.inspect(reference);
    }

    @Override
    public List<ImageInfo> listImages(Map<String, String> labels) {
        return images.list(labels);
    }

    @Override
    public ImageInfo pull(
            String reference, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        return images.pull(reference, credentials, progress, cancelToken);
    }

    @Override
    public String push(
            String tag, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        return images.push(tag, credentials, progress, cancelToken);
    }

    @Override
    public void tag(String image, String tag) {
        images.tag(image, tag);
    }

    @Override
    public void removeImage(String reference) {
        images.remove(reference);
    }

    @Override
    public void loadImages(InputStream archive) {
        images.load(archive);
    }

    @Override
    public InputStream saveImage(String reference) {
        return images.save(reference);
    }

    @Override
    public String build(ImageBuild build, Progress progress, CancelToken cancelToken) {
        if (!Files.isRegularFile(build.dockerfile())) {
            throw new DockerfileNotFoundException(
                    "image " + build.tag(),
                    "there is no file " + build.dockerfile().getFileName(),
                    "Add a Dockerfile, or name the right one.");
        }
        return tools.buildx()
                .map(program -> new BuildxBuild(program, client.endpoint(), tools.workspaces())
                        .run(build, progress, cancelToken))
                .orElseGet(() -> new ClassicBuild(client).run(build, progress, cancelToken));
    }

    @Override
    public long pruneBuildCache() {
        return client.json("build cache", EngineRequest.post("/build/prune").within(Duration.ofMinutes(10)))
                .path("SpaceReclaimed")
                .asLong(0);
    }

    @Override
    public void ensureNetwork(NetworkSpec spec) {
        networks.ensure(spec);
    }

    @Override
    public Optional<NetworkInfo> inspectNetwork(String name) {
        return networks.inspect(name);
    }

    @Override
    public List<NetworkInfo> listNetworks(Map<String, String> labels) {
        return networks.list(labels);
    }

    @Override
    public void connect(String network, String container, NetworkAttachment attachment) {
        networks.connect(network, container, attachment);
    }

    @Override
    public void disconnect(String network, String container) {
        networks.disconnect(network, container);
    }

    @Override
    public void removeNetwork(String name) {
        networks.remove(name);
    }

    @Override
    public void ensureVolume(String name, Map<String, String> labels) {
        networks.ensureVolume(name, labels);
    }

    @Override
    public List<String> listVolumes(Map<String, String> labels) {
        return networks.listVolumes(labels);
    }

    @Override
    public void removeVolume(String name) {
        networks.removeVolume(name);
    }

    @Override
    public EngineSubscription events(Consumer<EngineEvent> listener) {
        var request = EngineRequest.get("/events").query("filters", "{\"type\":[\"container\"]}");
        return new StreamFollower(client, "events", request, StreamFollower.Ending.REOPENED, node -> {
            long nanos = node.path("timeNano").asLong(0);
            listener.accept(new EngineEvent(
                    node.path("Actor").path("ID").asString(""),
                    node.path("Action").asString(""),
                    Json.texts(node.path("Actor").path("Attributes")),
                    Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L)));
        });
    }

    @Override
    public Optional<DiskSpace> diskSpace() {
        if (!client.endpoint().isSocket()) {
            return Optional.empty();
        }
        var root = Path.of(client.json("Docker Engine", EngineRequest.get("/info"))
                .path("DockerRootDir")
                .asString("/var/lib/docker"));
        try {
            var store = Files.getFileStore(root);
            return Optional.of(new DiskSpace(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            // The engine's directory is not ours to see: somebody else's machine, or too few rights.
            return Optional.empty();
        }
    }

    @Override
    public Optional<Long> availableMemory() {
        if (!client.endpoint().isSocket()) {
            return Optional.empty();
        }
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            // Not Linux: the engine is in a machine of its own.
            return Optional.empty();
        }
    }

    @Override
    public Optional<Integer> processors() {
        return Optional.of(client.json("Docker Engine", EngineRequest.get("/info"))
                        .path("NCPU")
                        .asInt(0))
                .filter(number -> number > 0);
    }

    @Override
    public void close() {
        client.close();
    }
}
