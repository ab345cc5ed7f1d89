package io.dokploy.spi;

import io.dokploy.api.ApplicationStatus.CertificateStatus;
import io.dokploy.api.Experimental;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import java.util.List;
import java.util.Optional;

/**
 * The front door. It has one published state for each application, replaced as a whole. Thread-safe; calls for one
 * application come one at a time.
 */
@Experimental
public interface Router extends Plugin {

    /**
     * Sets the router up, or checks that it is as needed; makes sure that it reaches {@code networks}.
     *
     * @throws io.dokploy.api.error.RouterSetupException with all that is missing
     */
    void start(List<String> networks, PluginContext context);

    /** Lets the router reach the containers of a network; does nothing if it does. */
    void attach(String network, PluginContext context);

    /** Checks routes without publishing them: certificates, names. */
    void check(Routes routes);

    /**
     * Replaces the routes of an application, atomically: what is in force is the former or the new state, never a
     * mixture. Returns when the state is handed over, before it is in force.
     *
     * @throws io.dokploy.api.error.FencedException if a newer epoch has published
     */
    void publish(Routes routes);

    /** What was handed over last. */
    Optional<Published> published(ApplicationRef application);

    /**
     * Waits until that revision of the application's routes is in force.
     *
     * @throws io.dokploy.api.error.RouterNotUpdatedException if it is not within the router's deadline; the reason says
     *         what is in the way
     */
    void awaitInForce(ApplicationRef application, long revision, PluginContext context);

    /** Asks a candidate through its private route. Never throws for a bad answer. */
    Answer probe(Candidate candidate, HttpHealthCheck check, PluginContext context);

    /** Asks the front door for a domain, as a user's browser would, without following redirects. */
    Answer ask(Domain domain, PluginContext context);

    /**
     * How many connections the router holds open to those addresses.
     *
     * @return empty if this router cannot tell
     */
    Optional<Integer> connections(List<String> addresses, PluginContext context);

    /** What certificates the front door shows for the HTTPS domains of {@code domains}. */
    List<CertificateStatus> certificates(List<Domain> domains, PluginContext context);

    /** Takes the routes of an application away. */
    void withdraw(ApplicationRef application);

    /** The applications that have routes, of this instance. */
    List<Published> all(String instance);

    /**
     * The state of one application's routes.
     *
     * @param application whose
     * @param revision    grows with each change; a router reports which one is in force
     * @param epoch       of whoever publishes
     * @param domains     what is served
     * @param backends    by whom; none: every request is answered 503
     * @param candidates  on private routes, for their health check only
     */
    record Routes(
            ApplicationRef application,
            long revision,
            long epoch,
            List<Domain> domains,
            List<Backend> backends,
            List<Candidate> candidates) {
        public Routes {
            domains = List.copyOf(domains);
            backends = List.copyOf(backends);
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * A release that gets requests.
     *
     * @param release which
     * @param weight  its share among the backends; one alone gets all
     * @param hosts   its containers by network name
     * @param health  checked by the router as well, so that a dead replica gets nothing
     */
    record Backend(ReleaseId release, int weight, List<String> hosts, Optional<HttpHealthCheck> health) {
        public Backend {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A container that is to be checked.
     *
     * @param release whose
     * @param host    its network name
     * @param port    where it listens
     */
    record Candidate(ReleaseId release, String host, int port) {}

    /**
     * What was handed over.
     *
     * @param applicationId whose, as text
     * @param revision which
     * @param epoch    by whom
     * @param releases that get requests
     * @param intact   whether it is still as it was handed over: nobody changed it since
     */
    record Published(String applicationId, long revision, long epoch, List<ReleaseId> releases, boolean intact) {
        public Published {
            releases = List.copyOf(releases);
        }

        /** What nobody has changed since, or a router that cannot tell. */
        public Published(String applicationId, long revision, long epoch, List<ReleaseId> releases) {
            this(applicationId, revision, epoch, releases, true);
        }
    }

    /**
     * An answer, or why there was none.
     *
     * @param status  HTTP status, 0 if there was no answer
     * @param problem what went wrong, empty if there was an answer
     * @param address that was asked, for messages
     * @param routed  whether the answer came by a route of ours (not the router's own 404)
     */
    record Answer(int status, String problem, String address, boolean routed) {}
}
