package io.dokploy.core.pipeline;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Router.Published;
import java.util.List;
import java.util.Optional;

/**
 * What is: containers on the engine, routes at the front door.
 *
 * @param processes all containers of the application
 * @param published the routes that were handed over last
 */
record Seen(List<Process> processes, Optional<Published> published) {

    List<Process> of(Wanted wanted) {
        return processes.stream()
                .filter(process -> wanted.is(process.release()))
                .toList();
    }

    /** Releases that have containers and are not the wanted one. */
    List<ReleaseId> others(Wanted wanted) {
        return processes.stream()
                .map(Process::release)
                .filter(release -> !wanted.is(release))
                .distinct()
                .toList();
    }

    /** Containers that should not be there: of other releases, and replicas beyond the wanted number. */
    List<Process> surplus(Wanted wanted) {
        return processes.stream()
                .filter(process ->
                        !wanted.is(process.release()) || wanted.isRunning() && process.replica() > wanted.replicas())
                .toList();
    }

    boolean anyRunning(List<ReleaseId> releases) {
        return processes.stream().anyMatch(process -> process.isRunning() && releases.contains(process.release()));
    }

    /** Whether the front door leads to the wanted release and nowhere else, and nobody has changed its routes. */
    boolean servesOnly(Wanted wanted) {
        if (!published.map(Published::intact).orElse(true)) {
            return false;
        }
        var releases = published.map(Published::releases).orElse(List.of());
        return wanted.isRunning() ? releases.size() == 1 && wanted.is(releases.get(0)) : releases.isEmpty();
    }

    /** Whether the front door leads to the wanted release at all. */
    boolean serves(Wanted wanted) {
        return published.map(Published::releases).orElse(List.of()).stream().anyMatch(wanted::is);
    }
}
