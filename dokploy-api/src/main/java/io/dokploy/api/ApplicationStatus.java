package io.dokploy.api;

import io.dokploy.api.release.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * What runs of an application, as the engine says it now.
 *
 * @param live       the release that serves, if one does
 * @param processes  its containers and those of a release that is just coming or going
 * @param operation  what is being done to it, if anything
 * @param certificates the state of the certificates of its HTTPS domains, as far as the router tells it
 */
public record ApplicationStatus(
        Optional<ReleaseId> live,
        List<ProcessStatus> processes,
        Optional<OperationId> operation,
        List<CertificateStatus> certificates) {
    public ApplicationStatus {
        processes = List.copyOf(processes);
        certificates = List.copyOf(certificates);
    }

    /**
     * A container.
     *
     * @param name      on the engine
     * @param release   whose it is
     * @param running   whether it runs
     * @param exitCode  with which it ended, if it did
     * @param outOfMemory whether the kernel killed it for its memory
     * @param restarts  how often the engine has started it again
     */
    public record ProcessStatus(
            String name,
            ReleaseId release,
            boolean running,
            Optional<Integer> exitCode,
            boolean outOfMemory,
            int restarts) {}

    /**
     * The certificate that the front door shows for a host.
     *
     * @param host    the domain
     * @param valid   whether it is for that host and not expired
     * @param issuer  who issued it
     * @param expires when it ends, if there is one
     * @param problem what is wrong, empty if nothing
     */
    public record CertificateStatus(
            String host, boolean valid, String issuer, Optional<java.time.Instant> expires, String problem) {}
}
