package io.dokploy.spi;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.Experimental;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs releases somewhere: on one engine, on a Swarm. Reports processes and endpoints; whether they are good enough is
 * judged by the pipeline. Every method can be repeated: it looks at what is there and does what is missing. The epoch of
 * the target is checked by the caller before each call and written to what the deployer makes.
 */
@Experimental
public interface Deployer extends Plugin {

    /**
     * Makes the network of the application's environment, if it does not exist.
     *
     * @return its name, by which a router joins it
     */
    String ensureNetwork(ApplicationRef application, PluginContext context);

    /** The names that the containers of a release have, or will have, in that network; known before they are made. */
    List<String> hosts(Target target);

    /**
     * Makes what the release needs (network, volumes) and runs its containers beside those of other releases, as many as
     * {@link Target#replicas()} says; more of that release are removed. Returns when they were started, not when healthy.
     *
     * @throws io.dokploy.api.error.DokployException if a container cannot be made or started
     */
    void prepare(Target target, PluginContext context);

    /** All containers of the application, of whatever release, as they are now. */
    List<Process> observe(ApplicationRef application, PluginContext context);

    /** Gives the application's own network name to this release; requests that run elsewhere under that name go on. */
    void promote(Target target, PluginContext context);

    /** Takes the application's network name from a release, so that no new requests reach it inside. */
    void demote(ApplicationRef application, ReleaseId release, PluginContext context);

    /**
     * How many connections are open to that release from inside its network, the router's included; for the drain.
     *
     * @return empty if this deployer cannot tell
     */
    Optional<Integer> connections(ApplicationRef application, ReleaseId release, PluginContext context);

    /** Stops and removes the containers of a release: its stop signal, its grace, then the kill. */
    void retire(ApplicationRef application, ReleaseId release, PluginContext context);

    /** Stops the containers of a release, but keeps them. */
    void stop(ApplicationRef application, ReleaseId release, PluginContext context);

    /** Holds the containers of a release still, in the middle of whatever they do. */
    void pause(ApplicationRef application, ReleaseId release, PluginContext context);

    /** Starts stopped containers of a release again, and lets paused ones go on. */
    void start(ApplicationRef application, ReleaseId release, PluginContext context);

    /**
     * Runs a command once in a container of its own, from the release's image with its variables, network and mounts.
     * One that is left from before, of the same application, is ended first.
     *
     * @return how it ended
     */
    CommandResult runOnce(Target target, List<String> arguments, java.time.Duration timeout, PluginContext context);

    /** Runs a command in one of the containers of a release until it ends; for command health checks. */
    CommandResult execute(Process process, List<String> arguments, java.time.Duration timeout, PluginContext context);

    /** Whether something inside the network can open a TCP connection to that container's port. */
    boolean acceptsTcp(Process process, int port, PluginContext context);

    /** Output of the containers of a release. */
    LogStream logs(ApplicationRef application, ReleaseId release, LogQuery query, PluginContext context);

    /** Runs a command inside, with streams. */
    ExecSession exec(Process process, ExecRequest request, PluginContext context);

    /** Removes everything of the application: containers, and volumes if asked for. */
    void removeAll(ApplicationRef application, Volumes volumes, PluginContext context);

    /** What happens to volumes when an application is removed. */
    enum Volumes {
        /** They stay. */
        KEEP,
        /** They go, with all data. */
        REMOVE
    }

    /**
     * What should run.
     *
     * @param application whose
     * @param release     which
     * @param replicas    how many
     * @param epoch       of whoever asks; goes into the labels
     */
    record Target(ApplicationRef application, Release release, int replicas, long epoch) {}

    /**
     * A container or task.
     *
     * @param id         as the engine names it
     * @param name       for people and for the router, which reaches it by that name
     * @param release    whose it is
     * @param replica    its number, from 1
     * @param epoch      of whoever made it
     * @param state      what it does
     * @param exitCode   how it ended, if it did
     * @param outOfMemory whether the kernel killed it for its memory
     * @param restarts   how often the engine started it again
     * @param health     what its own health check says
     * @param address    in the application's network, while it runs
     * @param started    when it was started last
     * @param promoted   whether it has the application's network name
     */
    record Process(
            String id,
            String name,
            ReleaseId release,
            int replica,
            long epoch,
            State state,
            Optional<Integer> exitCode,
            boolean outOfMemory,
            int restarts,
            Health health,
            Optional<String> address,
            Optional<Instant> started,
            boolean promoted) {

        /** Whether it runs. */
        public boolean isRunning() {
            return state == State.RUNNING;
        }
    }

    /** What a container does. */
    enum State {
        /** Made, not started. */
        CREATED,
        /** Runs. */
        RUNNING,
        /** Held still; a start lets it go on. */
        PAUSED,
        /** Ended and will be started again by the engine. */
        RESTARTING,
        /** Ended or stopped. */
        EXITED
    }

    /** What a container's own health check says. */
    enum Health {
        /** It has none. */
        NONE,
        /** Not yet decided. */
        STARTING,
        /** Good. */
        HEALTHY,
        /** Bad. */
        UNHEALTHY
    }

    /**
     * How a command ended.
     *
     * @param exitCode  its exit code
     * @param lastLines the end of its output
     */
    record CommandResult(int exitCode, List<String> lastLines) {
        public CommandResult {
            lastLines = List.copyOf(lastLines);
        }
    }
}
