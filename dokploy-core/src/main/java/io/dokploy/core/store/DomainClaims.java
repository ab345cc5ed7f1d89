package io.dokploy.core.store;

import io.dokploy.api.Application;
import io.dokploy.api.error.DomainTakenException;
import io.dokploy.api.route.Domain;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Which application has which host and path; two never have the same. */
final class DomainClaims {

    /** Replaces what the application claims by the domains of its spec. */
    void claim(Handle handle, Application application) {
        handle.createUpdate("DELETE FROM dokploy_domain_claim WHERE application_id = :id")
                .bind("id", application.id().value())
                .execute();
        // In one order everywhere, so that two transactions do not wait for each other.
        var claims = new TreeSet<Claim>();
        for (Domain domain : application.spec().domains()) {
            domain.hosts().forEach(host -> claims.add(new Claim(host, domain.path())));
        }
        claims.forEach(claim -> insert(handle, application, claim));
    }

    private static void insert(Handle handle, Application application, Claim claim) {
        // Asked first, since PostgreSQL answers nothing more in a transaction after an error.
        handle.createQuery("SELECT a.project || '/' || a.environment || '/' || a.name FROM dokploy_domain_claim c"
                        + " JOIN dokploy_application a ON a.id = c.application_id"
                        + " WHERE c.host = :host AND c.path = :path")
                .bind("host", claim.host())
                .bind("path", claim.path())
                .mapTo(String.class)
                .findOne()
                .ifPresent(owner -> {
                    throw taken(claim, "the application " + owner + " has it", null);
                });
        try {
            handle.createUpdate("INSERT INTO dokploy_domain_claim (host, path, application_id)"
                            + " VALUES (:host, :path, :application)")
                    .bind("host", claim.host())
                    .bind("path", claim.path())
                    .bind("application", application.id().value())
                    .execute();
        } catch (JdbiException e) {
            if (Sql.isDuplicate(e)) {
                throw taken(claim, "another application has just taken it", e);
            }
            throw e;
        }
    }

    private static DomainTakenException taken(
            Claim claim, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DomainTakenException(
                "domain " + claim.host() + claim.path(),
                reason,
                "Choose another host or path, or take the domain from the other application first.",
                cause);
    }

    private record Claim(String host, String path) implements Comparable<Claim> {
        @Override
        public int compareTo(Claim other) {
            int byHost = host.compareTo(other.host);
            return byHost != 0 ? byHost : path.compareTo(other.path);
        }
    }
}
