package io.dokploy.core.pipeline;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Candidate;
import io.dokploy.spi.Router.Published;
import io.dokploy.spi.Router.Routes;
import java.util.List;
import java.util.Optional;

/** Puts routes together and hands them over, each time under a new revision. */
final class Routing {

    private Routing() {}

    static boolean hasDomains(Wanted wanted) {
        return wanted.release()
                .map(release -> !release.spec().domains().isEmpty())
                .orElse(false);
    }

    /** What is served now, and private routes to the containers of the wanted release. */
    static void publishCandidates(Job job, Wanted wanted, Seen seen) {
        var release = wanted.required();
        int port = port(release.spec());
        var target = new Target(job.ref(), release, wanted.replicas(), job.epoch());
        List<Candidate> candidates = job.platform().deployer().hosts(target).stream()
                .map(host -> new Candidate(release.id(), host, port))
                .toList();
        var current = current(job, seen);
        handOver(
                job,
                current.map(former -> former.spec().domains()).orElse(List.of()),
                current.map(former -> List.of(backend(former, 1, servingHosts(seen, former))))
                        .orElse(List.of()),
                candidates);
        job.candidatesPublished();
    }

    /** The wanted state: all requests to the wanted release, to nobody if it is stopped, no routes if there is none. */
    static void publish(Job job, Wanted wanted) {
        if (!hasDomains(wanted)) {
            if (job.platform().router().published(job.ref()).isPresent()) {
                job.platform().router().withdraw(job.ref());
            }
            return;
        }
        var release = wanted.required();
        var target = new Target(job.ref(), release, wanted.replicas(), job.epoch());
        var backends = wanted.isRunning()
                ? List.of(backend(release, 1, job.platform().deployer().hosts(target)))
                : List.<Backend>of();
        if (wanted.reason() != Wanted.Reason.RESTORATION) {
            job.formerRoutesGiveWay();
        }
        long revision = handOver(job, release.spec().domains(), backends, List.of());
        // Where nothing else was ever in force there is nothing to wait for, and somebody's broken file may forbid it.
        if (!job.doFormerRoutesHold()) {
            awaitInForce(job, revision);
        }
    }

    /** A part of the requests to the wanted release, the others to what is served now. */
    static void publishShared(Job job, Wanted wanted, Seen seen, int percent) {
        var release = wanted.required();
        var former = current(job, seen).orElseThrow();
        job.formerRoutesGiveWay();
        var target = new Target(job.ref(), release, wanted.replicas(), job.epoch());
        awaitInForce(
                job,
                handOver(
                        job,
                        release.spec().domains(),
                        List.of(
                                backend(former, 100 - percent, servingHosts(seen, former)),
                                backend(
                                        release,
                                        percent,
                                        job.platform().deployer().hosts(target))),
                        List.of()));
    }

    /** Nobody answers: for the time in which no release runs. */
    static void publishNobody(Job job, Seen seen) {
        var former = current(job, seen);
        if (former.isPresent()) {
            job.formerRoutesGiveWay();
            awaitInForce(job, handOver(job, former.get().spec().domains(), List.of(), List.of()));
        }
    }

    static void awaitInForce(Job job, long revision) {
        job.platform().router().awaitInForce(job.ref(), revision, job.context());
    }

    /** The port that the application listens on. */
    static int port(ApplicationSpec spec) {
        int fromDomain = spec.domains().isEmpty()
                ? Domain.DEFAULT_PORT
                : spec.domains().get(0).port();
        return spec.effectiveHealth() instanceof HttpHealthCheck http
                ? http.port().orElse(fromDomain)
                : fromDomain;
    }

    private static long handOver(Job job, List<Domain> domains, List<Backend> backends, List<Candidate> candidates) {
        job.checkpoint();
        long revision = job.platform()
                .store()
                .applications()
                .nextRouteRevision(job.application().id());
        job.platform().router().publish(new Routes(job.ref(), revision, job.epoch(), domains, backends, candidates));
        job.handedOver(revision);
        return revision;
    }

    /** The release that the front door leads to now. */
    private static Optional<Release> current(Job job, Seen seen) {
        return seen.published().map(Published::releases).orElse(List.of()).stream()
                .findFirst()
                .flatMap(id -> job.platform().store().releases().find(id));
    }

    /** Containers that serve already; those that are still to be checked do not have the application's name. */
    private static List<String> servingHosts(Seen seen, Release release) {
        return seen.processes().stream()
                .filter(process -> process.release().equals(release.id()))
                .filter(process -> process.isRunning() && process.promoted())
                .map(Process::name)
                .toList();
    }

    private static Backend backend(Release release, int weight, List<String> hosts) {
        HealthCheck health = release.spec().effectiveHealth();
        Optional<HttpHealthCheck> http =
                health instanceof HttpHealthCheck check && hosts.size() > 1 ? Optional.of(check) : Optional.empty();
        return new Backend(release.id(), weight, hosts, http);
    }
}
