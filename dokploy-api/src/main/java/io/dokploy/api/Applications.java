package io.dokploy.api;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.release.Deployment;
import io.dokploy.api.release.Plan;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * The applications of one environment. Thread-safe. Everything that takes time returns an {@link Operation}; one at a
 * time runs for each application.
 */
public interface Applications {

    /**
     * Keeps a new application; nothing runs yet.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if the environment has one of that name
     * @throws io.dokploy.api.error.DomainTakenException   if another application has one of its domains
     */
    Application create(ApplicationSpec spec);

    /** The application of that name, or {@link io.dokploy.api.error.NotFoundException}. */
    Application get(String name);

    /** The application of that name, if there is one. */
    Optional<Application> find(String name);

    /** All, by name. */
    List<Application> list();

    /**
     * Replaces the spec; the next deployment uses it. The name cannot change, the display name can.
     *
     * @param version of the application that the change was made from
     * @throws io.dokploy.api.error.StaleVersionException if somebody changed it in between
     */
    Application update(String name, long version, ApplicationSpec spec);

    /** Changes the name that people see. */
    Application rename(String name, String displayName);

    /** Deploys what the source holds now. Waiting requests for the same application are superseded. */
    default Operation<Release> deploy(String name) {
        return deploy(name, DeployRequest.defaults());
    }

    /** Deploys as said. */
    Operation<Release> deploy(String name, DeployRequest request);

    /** Brings back the release before the live one. */
    Operation<Release> rollback(String name);

    /** Brings back that release: the same image, variables and settings. */
    Operation<Release> rollback(String name, ReleaseId release);

    /** What a deployment would do now; does nothing. */
    Plan plan(String name);

    /** What runs now. */
    ApplicationStatus status(String name);

    /** Stops all containers of the live release and keeps them. Its domains answer 503 until it is started. */
    Operation<Void> stop(String name);

    /** Starts the live release again after a stop, with all its replicas. */
    Operation<Void> start(String name);

    /** Replaces the containers of the live release by new ones, as a deployment would. */
    Operation<Release> restart(String name);

    /** Changes the number of replicas of the live release and of the spec. */
    Operation<Void> scale(String name, int replicas);

    /** Removes the application with its containers, routes, network names and images. Volumes are kept unless asked for. */
    Operation<Void> delete(String name, DeleteRequest request);

    /** The releases that are kept, newest first. */
    List<Release> releases(String name);

    /** What was asked for, newest first. */
    List<Deployment> deployments(String name, int limit);

    /**
     * The output of the live release, or of another one.
     *
     * @throws io.dokploy.api.error.NotRunningException if there is no such release
     */
    LogStream logs(String name, LogQuery query);

    /**
     * Runs a command inside a running container of the live release.
     *
     * @throws io.dokploy.api.error.NotRunningException if none runs
     */
    ExecSession exec(String name, ExecRequest request);
}
