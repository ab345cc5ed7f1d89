package io.dokploy.core.traefik;

import io.dokploy.api.ApplicationStatus.CertificateStatus;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import io.dokploy.core.certificate.CertificateHosts;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Router.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What users see: answers and certificates at the public entry points. */
final class FrontDoor {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String DEFAULT_CERTIFICATE = "TRAEFIK DEFAULT CERT";

    private final TraefikSettings settings;

    FrontDoor(TraefikSettings settings) {
        this.settings = settings;
    }

    /** Asks as a browser would. Only Traefik's own 404 is no route of ours; whether it is that, its API tells. */
    Answer ask(Domain domain, TraefikApi api, CancelToken cancelToken) {
        boolean https = !(domain.tls() instanceof Tls.None);
        String host = RouteFile.servedHost(domain);
        int port = https ? settings.httpsPort() : settings.httpPort();
        boolean usualPort = port == (https ? 443 : 80);
        InetSocketAddress address = address(port);
        String shown = (https ? "https://" : "http://") + host + (usualPort ? "" : ":" + port) + domain.path();
        var get = HttpGet.to(address)
                .header("Host", usualPort ? host : host + ":" + port)
                .timeout(TIMEOUT);
        if (https) {
            get.tls(host);
        }
        try {
            int status = get.status(domain.path(), cancelToken).status();
            boolean routed = status != 404 || api.serves(RouteFile.rule(domain), cancelToken);
            return new Answer(status, "", shown, routed);
        } catch (IOException e) {
            cancelToken.throwIfCancelled();
            return new Answer(0, Problem.of(e), shown, false);
        }
    }

    /**
     * The certificate shown for a host.
     *
     * @param errors what Traefik has complained about, to say why there is none
     */
    CertificateStatus certificate(Domain domain, List<String> errors, Instant now) {
        String host = RouteFile.servedHost(domain);
        try (Socket socket = new Socket()) {
            socket.connect(address(settings.httpsPort()), (int) TIMEOUT.toMillis());
            try (var tls = AnyCertificate.handshake(socket, host, (int) TIMEOUT.toMillis())) {
                var shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
                return judge(domain, host, shown, errors, now);
            }
        } catch (IOException e) {
            return new CertificateStatus(
                    host, false, "", Optional.empty(), "the front door does not answer: " + Problem.of(e));
        }
    }

    private CertificateStatus judge(
            Domain domain, String host, X509Certificate shown, List<String> errors, Instant now) {
        String issuer = shown.getIssuerX500Principal().getName();
        Instant expires = shown.getNotAfter().toInstant();
        if (issuer.contains(DEFAULT_CERTIFICATE)) {
            return new CertificateStatus(host, false, "", Optional.empty(), AcmeProblem.of(domain, host, errors));
        }
        String problem = "";
        if (!CertificateHosts.match(shown, host)) {
            problem = "the certificate is for " + CertificateHosts.of(shown) + ", not for " + host;
        } else if (now.isAfter(expires)) {
            problem = "the certificate expired at " + expires;
        }
        return new CertificateStatus(host, problem.isEmpty(), issuer, Optional.of(expires), problem);
    }

    private InetSocketAddress address(int port) {
        String bind = settings.bindAddress();
        String reachable = bind.equals("0.0.0.0") ? "127.0.0.1" : bind.equals("::") ? "::1" : bind;
        return new InetSocketAddress(reachable, port);
    }
}
