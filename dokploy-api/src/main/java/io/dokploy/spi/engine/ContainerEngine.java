package io.dokploy.spi.engine;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A container engine. Thread-safe; calls block, honour interrupts and have deadlines. Files of the engine's machine are
 * not ours: everything goes in and out as streams.
 *
 * <p>Errors: {@link io.dokploy.api.error.NotFoundException} for what is not there, {@link
 * io.dokploy.api.error.EngineUnavailableException} when the engine does not answer, {@link
 * io.dokploy.api.error.ImageNotFoundException}, {@link io.dokploy.api.error.AccessDeniedException} and {@link
 * io.dokploy.api.error.RegistryUnavailableException} from registries, {@link
 * io.dokploy.api.error.UserErrorException} with code {@code engine-refused} for what it refuses.
 */
public interface ContainerEngine extends AutoCloseable {

    /** Version and abilities. Also the test whether it answers. */
    EngineInfo info();

    // Containers

    /** Makes a container; it does not run yet. The image must be on the engine. @return its id */
    String create(ContainerSpec spec);

    /** Starts a container, or lets a paused one go on; does nothing if it runs. */
    void start(String container);

    /**
     * Holds all processes of a container still, in the middle of whatever they do, until {@link #start}; does nothing if it
     * does not run. {@link #stop} and {@link #remove} work on a paused one too.
     */
    void pause(String container);

    /** Sends the stop signal, waits, then kills; does nothing if it does not run or is gone. */
    void stop(String container, Duration grace);

    /** Sends a signal, for example {@code SIGKILL}; does nothing if it does not run. */
    void kill(String container, String signal);

    /** Removes a container, running or not, with its anonymous volumes; does nothing if there is none. */
    void remove(String container);

    /** Changes a container's name. */
    void rename(String container, String name);

    /** What it is and does, if it exists. By id or name. */
    Optional<ContainerInfo> inspect(String container);

    /** All containers, also stopped ones, that carry all of these labels. */
    List<ContainerInfo> list(Map<String, String> labels);

    /** Waits for its end. @return the exit code @throws io.dokploy.api.error.DeadlineException */
    int awaitExit(String container, Duration timeout);

    /** Its output. {@code tail} empty means all. Closing ends a follower at once. */
    LogStream logs(String container, Optional<Instant> since, Optional<Integer> tail, boolean follow);

    /** Runs a command inside a running container. */
    ExecSession exec(String container, ExecRequest request);

    /** Unpacks a tar stream below {@code directory} of the container, which need not run. */
    void copyIn(String container, String directory, InputStream tar);

    /** A path of the container as a tar stream. */
    InputStream copyOut(String container, String path);

    /** Samples its use of resources about every second until the subscription is closed. */
    EngineSubscription stats(String container, Consumer<ContainerStats> listener);

    // Images

    /** What it is, if the engine has it. By id, tag or digest. */
    Optional<ImageInfo> inspectImage(String reference);

    /** All images that carry all of these labels. */
    List<ImageInfo> listImages(Map<String, String> labels);

    /** Gets an image from its registry. */
    ImageInfo pull(
            String reference, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken);

    /** Sends a tagged image to its registry. @return its digest there: {@code repository@sha256:…} */
    String push(String tag, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken);

    /** Gives an image another name. */
    void tag(String image, String tag);

    /** Removes a tag, and the image with its last one; does nothing if there is none or a container uses it. */
    void removeImage(String reference);

    /** Reads images as {@code docker save} writes them. @throws io.dokploy.api.error.UserErrorException for anything else */
    void loadImages(InputStream archive);

    /** Writes an image as {@code docker save} does. */
    InputStream saveImage(String reference);

    /**
     * Builds an image from a directory of this JVM's machine with BuildKit where the engine and its tools have it.
     *
     * @return the image's id
     * @throws io.dokploy.api.error.BuildFailedException with the last lines of the output
     */
    String build(ImageBuild build, Progress progress, CancelToken cancelToken);

    /** Removes unused build cache. @return freed bytes */
    long pruneBuildCache();

    // Networks and volumes

    /**
     * Makes a bridge network that does not exist; does nothing if it does. It has a /24 subnet. The engine itself hands
     * out the lowest 64 addresses; any other can be asked for with {@link NetworkAttachment#at} and is kept.
     */
    void ensureNetwork(NetworkSpec spec);

    /** The network of that name, if it exists. */
    Optional<NetworkInfo> inspectNetwork(String name);

    /** All networks that carry all of these labels. */
    List<NetworkInfo> listNetworks(Map<String, String> labels);

    /** Joins a running or stopped container to a network; does nothing if it is in it. */
    void connect(String network, String container, NetworkAttachment attachment);

    /** Takes a container out of a network; does nothing if it is not in it. */
    void disconnect(String network, String container);

    /** Removes a network without containers; does nothing if there is none. */
    void removeNetwork(String name);

    /** Makes a volume that does not exist. */
    void ensureVolume(String name, Map<String, String> labels);

    /** Names of all volumes that carry all of these labels. */
    List<String> listVolumes(Map<String, String> labels);

    /** Removes a volume that no container uses; does nothing if there is none. */
    void removeVolume(String name);

    // Events

    /** Tells of containers that start, end, get healthy or die, from now on; reconnects by itself. */
    EngineSubscription events(Consumer<EngineEvent> listener);

    /** Free and total bytes where the engine keeps its images, if that can be known. */
    Optional<DiskSpace> diskSpace();

    /** Bytes of memory that new containers can use on the engine's machine, if that can be known. */
    default Optional<Long> availableMemory() {
        return Optional.empty();
    }

    /** How many processors the engine's machine has, if that can be known. */
    default Optional<Integer> processors() {
        return Optional.empty();
    }

    /** Ends all streams and connections. */
    @Override
    void close();

    /** Ends when closed. */
    interface EngineSubscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Space on a disk.
     *
     * @param free  what is left
     * @param total in all
     */
    record DiskSpace(long free, long total) {}

    /**
     * What the engine says of itself.
     *
     * @param name        {@code docker}
     * @param version     {@code 26.1.5}
     * @param apiVersion  the one that is spoken
     * @param os          {@code linux}
     * @param architecture {@code amd64}
     * @param buildKit    whether builds use BuildKit
     */
    record EngineInfo(
            String name, String version, String apiVersion, String os, String architecture, boolean buildKit) {}

    /**
     * Something that happened to a container.
     *
     * @param container its id
     * @param action    {@code start}, {@code die}, {@code oom}, {@code health_status: healthy}, {@code destroy}, …
     * @param labels    of the container
     * @param time      when
     */
    record EngineEvent(String container, String action, Map<String, String> labels, Instant time) {
        public EngineEvent {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A sample of what a container uses.
     *
     * @param time        when
     * @param cpuNanos    CPU time in all
     * @param memory      bytes in use without the page cache that can be dropped
     * @param memoryLimit bytes
     * @param receivedBytes  from networks in all
     * @param sentBytes   to networks in all
     * @param readBytes   from disks in all
     * @param writtenBytes to disks in all
     */
    record ContainerStats(
            Instant time,
            long cpuNanos,
            long memory,
            long memoryLimit,
            long receivedBytes,
            long sentBytes,
            long readBytes,
            long writtenBytes) {}
}
