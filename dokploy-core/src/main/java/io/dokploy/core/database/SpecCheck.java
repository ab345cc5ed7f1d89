package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.Problems;
import io.dokploy.core.certificate.GivenCertificate;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.SpeaksTls;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks what is asked for: what its engine's plugin says of it, and the certificate with which it is published. */
public final class SpecCheck {

    private SpecCheck() {}

    /**
     * Checks a new one.
     *
     * @throws InvalidSpecException with all problems
     */
    public static void check(DatabaseSpec spec, DatabaseProvisioner plugin, String version, Instant now) {
        check(spec, plugin, version, spec.tls(), now);
    }

    /** The same of a changed one. A certificate that it had before is not looked at: it is in use. */
    public static void checkChange(
            DatabaseSpec former, DatabaseSpec spec, DatabaseProvisioner plugin, String version, Instant now) {
        check(spec, plugin, version, spec.tls().filter(tls -> !former.tls().equals(Optional.of(tls))), now);
    }

    private static void check(
            DatabaseSpec spec, DatabaseProvisioner plugin, String version, Optional<DatabaseTls> tls, Instant now) {
        var problems = Problems.of("database \"" + spec.name() + "\"");
        try {
            plugin.check(spec, version);
        } catch (InvalidSpecException e) {
            e.problems().forEach(problem -> problems.add(problem.field(), problem.reason()));
        }
        spec.tls()
                .ifPresent(asked -> problems.require(
                        plugin instanceof SpeaksTls,
                        "tls",
                        "databases of " + plugin.id()
                                + " cannot be published by TLS: publish it without, in a private network"
                                + " or through a tunnel"));
        tls.ifPresent(given -> GivenCertificate.flaws(
                        given.certificate(), List.of(given.host().toLowerCase(Locale.ROOT)), now)
                .forEach(flaw -> problems.add("tls.certificate", flaw.reason() + ". " + flaw.remedy())));
        problems.throwIfAny();
    }
}
