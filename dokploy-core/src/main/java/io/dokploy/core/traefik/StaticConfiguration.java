package io.dokploy.core.traefik;

import io.dokploy.core.TraefikSettings;
import io.dokploy.core.TraefikSettings.Resolvers;
import java.util.List;

/** The static configuration of a managed Traefik: what it reads once, when it starts. */
final class StaticConfiguration {

    static final String FOLDER = "/etc/dokploy/static";
    static final String FILE_NAME = "traefik";
    static final String DYNAMIC_FOLDER = "/etc/dokploy/dynamic";
    static final String ACME_FOLDER = "/etc/dokploy/acme";
    static final String ACME_CA_FILE = "acme-ca.pem";
    static final int WEB = 80;
    static final int WEBSECURE = 443;
    static final int INTERNAL = 8082;

    private StaticConfiguration() {}

    static String render(TraefikSettings settings) {
        var names = settings.entryPoints();
        var file = new ConfigMap()
                .put("global", new ConfigMap().put("checkNewVersion", false).put("sendAnonymousUsage", false))
                .put("log", new ConfigMap().put("level", "INFO").put("format", "json"))
                .put("api", new ConfigMap().put("dashboard", false).put("insecure", false))
                .put(
                        "entryPoints",
                        new ConfigMap()
                                .put(names.web(), entryPoint(WEB).put("asDefault", true))
                                .put(names.websecure(), entryPoint(WEBSECURE).put("asDefault", true))
                                .put(names.internal(), entryPoint(INTERNAL)))
                .put(
                        "providers",
                        new ConfigMap()
                                // how long a file waits after another one: deployments wait for it
                                .put("providersThrottleDuration", "50ms")
                                .put(
                                        "file",
                                        new ConfigMap()
                                                .put("directory", DYNAMIC_FOLDER)
                                                .put("watch", true)));
        settings.resolvers().ifPresent(resolvers -> file.put("certificatesResolvers", resolvers(settings, resolvers)));
        return "# Written by Dokploy; changes made here are lost.\n" + file.toYaml();
    }

    private static ConfigMap entryPoint(int port) {
        var timeouts = new ConfigMap()
                .put("readTimeout", "10m") // for a whole request with its body; websockets live as long as they like
                .put("writeTimeout", "0s")
                .put("idleTimeout", "3m");
        var lifeCycle = new ConfigMap().put("graceTimeOut", "30s");
        return ConfigMap.of("address", ":" + port)
                // X_Auth_User is X-Auth-User for many applications: nobody may get past a middleware with it
                .put("http", ConfigMap.of("aliasHeadersStrategy", "delete"))
                .put("transport", ConfigMap.of("respondingTimeouts", timeouts).put("lifeCycle", lifeCycle));
    }

    private static ConfigMap resolvers(TraefikSettings settings, Resolvers names) {
        return new ConfigMap()
                .put(
                        names.httpChallenge(),
                        ConfigMap.of(
                                "acme",
                                acme(settings)
                                        .put(
                                                "httpChallenge",
                                                ConfigMap.of(
                                                        "entryPoint",
                                                        settings.entryPoints().web()))))
                .put(names.tlsChallenge(), ConfigMap.of("acme", acme(settings).put("tlsChallenge", new ConfigMap())));
    }

    private static ConfigMap acme(TraefikSettings settings) {
        var acme = new ConfigMap()
                .put("email", settings.acmeEmail().orElseThrow())
                .put("caServer", settings.acmeServer().toString())
                .put("storage", ACME_FOLDER + "/acme.json");
        return settings.acmeCaCertificate().isEmpty()
                ? acme
                : acme.put("caCertificates", List.of(FOLDER + "/" + ACME_CA_FILE))
                        .put("caSystemCertPool", true);
    }
}
