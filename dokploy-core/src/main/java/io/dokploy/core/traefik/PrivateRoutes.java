package io.dokploy.core.traefik;

import io.dokploy.spi.Router.Candidate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is reached on the private entry point. Every container that shares a network with Traefik could connect to it,
 * so each route there asks for a key as well.
 *
 * @param entryPoint its name
 * @param key        known to us and to Traefik
 */
record PrivateRoutes(String entryPoint, String key) {

    static final String KEY_HEADER = "Dokploy-Key";
    static final String CANDIDATE_HEADER = "Dokploy-Candidate";
    static final String REVISION_HEADER = "Dokploy-Revision";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** The route to Traefik's API. */
    ConfigMap api() {
        return route("PathPrefix(`/api`)", "api@internal");
    }

    /** The route that exists while a revision is in force; there is nothing behind it. */
    ConfigMap revision(String name, long revision) {
        return route(revisionRule(name, revision), "noop@internal");
    }

    /** The route to a candidate. */
    ConfigMap candidate(Candidate candidate, String service, String middleware) {
        return route(candidateRule(candidate), service).put("middlewares", List.of(middleware));
    }

    /** Takes our headers away before a candidate sees them. */
    ConfigMap withoutOurHeaders() {
        return ConfigMap.of(
                "headers",
                ConfigMap.of(
                        "customRequestHeaders", ConfigMap.of(KEY_HEADER, "").put(CANDIDATE_HEADER, "")));
    }

    /** As it stands in the revision's rule. */
    static String revisionValue(String name, long revision) {
        return name + "/" + revision;
    }

    /** As it stands in the candidate's rule. */
    static String candidateValue(Candidate candidate) {
        if (!HOST.matcher(candidate.host()).matches()) {
            throw new IllegalArgumentException("not a host name: " + candidate.host());
        }
        return candidate.host() + ":" + candidate.port();
    }

    private String candidateRule(Candidate candidate) {
        return header(CANDIDATE_HEADER, candidateValue(candidate));
    }

    private String revisionRule(String name, long revision) {
        return header(REVISION_HEADER, revisionValue(name, revision));
    }

    private ConfigMap route(String rule, String service) {
        return new ConfigMap()
                .put("entryPoints", List.of(entryPoint))
                .put("rule", header(KEY_HEADER, key) + " && " + rule)
                .put("service", service);
    }

    private static String header(String name, String value) {
        return "Header(`" + name + "`, `" + value + "`)";
    }
}
