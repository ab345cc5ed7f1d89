package io.dokploy.core.traefik;

import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the user's words why a domain has no certificate yet. */
final class AcmeProblem {

    /** {@code [HOST: invalid authorization: acme: error: 400 :: urn:ietf:params:acme:error:dns :: what the server says]} */
    private static final Pattern ACME = Pattern.compile("urn:ietf:params:acme:error:(\\w+) :: ([^\\n]+?)]?\\s*$");

    /** Authorities differ in the type that they give; what they say is plainer. */
    private static final Pattern DNS =
            Pattern.compile("(?i)could not resolve|no such host|NXDOMAIN|SERVFAIL|DNS problem");

    private static final Pattern CONNECTION =
            Pattern.compile("(?i)failed to connect|connection refused|timeout|timed out|no route to host");

    static final String ASKED_FOR = "there is no certificate yet; it is being asked for";

    private AcmeProblem() {}

    static String of(Domain domain, String host, List<String> errors) {
        if (!(domain.tls() instanceof Tls.LetsEncrypt letsEncrypt)) {
            return "Traefik shows its default certificate: it has none for " + host;
        }
        Optional<String> last = errors.stream()
                .filter(error -> error.contains("[" + host + "]") || error.contains("\"" + host + "\""))
                .reduce((earlier, later) -> later);
        if (last.isEmpty()) {
            return ASKED_FOR;
        }
        String port = letsEncrypt.challenge() == Tls.Challenge.HTTP ? "80" : "443";
        Matcher matcher = ACME.matcher(last.get());
        if (!matcher.find()) {
            return "no certificate: " + last.get();
        }
        String said = matcher.group(2).strip();
        return switch (kind(matcher.group(1), said)) {
            case "dns" ->
                "the certificate authority cannot resolve " + host + ": " + said
                        + ". Let the name point to this server, then deploy again.";
            case "connection" ->
                "the certificate authority cannot reach " + host + ": " + said
                        + ". Let the name point to this server, open port " + port
                        + " to everybody, then deploy again.";
            case "unauthorized" ->
                "the certificate authority reached somebody else for " + host + ": " + said
                        + ". Let the name point to this server only, then deploy again.";
            case "rateLimited" -> "the certificate authority wants a pause: " + said;
            default -> "the certificate authority refuses: " + said;
        };
    }

    private static String kind(String type, String said) {
        boolean reaching = type.equals("dns") || type.equals("connection") || type.equals("unauthorized");
        if (reaching && DNS.matcher(said).find()) {
            return "dns";
        }
        return reaching && CONNECTION.matcher(said).find() ? "connection" : type;
    }
}
