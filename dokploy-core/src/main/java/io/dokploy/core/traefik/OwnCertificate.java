package io.dokploy.core.traefik;

import io.dokploy.api.error.CertificateException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.core.certificate.GivenCertificate;
import java.time.Instant;

/** Checks the certificate that a user gives for a domain, before Traefik gets it. */
final class OwnCertificate {

    private OwnCertificate() {}

    /** @throws CertificateException saying what does not fit */
    static void check(Domain domain, Tls.Own own, Instant now) {
        for (var flaw : GivenCertificate.flaws(own, domain.hosts(), now)) {
            throw new CertificateException("certificate of " + domain.host(), flaw.reason(), flaw.remedy());
        }
    }
}
