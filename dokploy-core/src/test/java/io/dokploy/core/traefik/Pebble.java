package io.dokploy.core.traefik;

import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A certificate authority that speaks ACME as Let's Encrypt does, and the only DNS that it believes, in the network of a
 * front door. Every name leads to that front door until the test says otherwise.
 */
final class Pebble {

    /** As Traefik reaches it. */
    static final URI DIRECTORY = URI.create("https://pebble:14000/dir");

    private static final String IMAGE = "ghcr.io/letsencrypt/pebble:latest";
    private static final String DNS_IMAGE = "ghcr.io/letsencrypt/pebble-challtestsrv:latest";
    private static final String CONFIGURATION = """
            {"pebble": {
              "listenAddress": "0.0.0.0:14000", "managementListenAddress": "0.0.0.0:15000",
              "certificate": "/test/certs/localhost/cert.pem", "privateKey": "/test/certs/localhost/key.pem",
              "httpPort": 80, "tlsPort": 443, "retryAfter": {"authz": 1, "order": 1},
              "profiles": {"default": {"description": "90 days", "validityPeriod": 7776000}}}}
            """;

    private final String dnsManagement;

    Pebble(TestFrontDoor door, Path folder) throws IOException {
        String dns = door.start(
                "dns",
                ContainerSpec.of(door.name("dns"), DNS_IMAGE)
                        .arguments(List.of(
                                "-defaultIPv4",
                                door.address(door.traefik()),
                                "-defaultIPv6",
                                "",
                                "-http01",
                                "",
                                "-https01",
                                "",
                                "-tlsalpn01",
                                "",
                                "-doh",
                                "")));
        dnsManagement = "http://" + door.address(dns) + ":8055/";
        Path configuration = Files.writeString(folder.resolve("pebble.json"), CONFIGURATION);
        door.engine()
                .create(ContainerSpec.of(door.name("pebble"), IMAGE)
                        .arguments(List.of("-config", "/pebble.json", "-dnsserver", door.address(dns) + ":8053"))
                        .env("PEBBLE_VA_NOSLEEP", "1")
                        .env("PEBBLE_WFE_NONCEREJECT", "0")
                        .mount(new EngineMount(configuration.toString(), "/pebble.json", true))
                        .labels(door.labels())
                        .network(door.network(), new NetworkAttachment(List.of("pebble"), java.util.Optional.empty()))
                        .build());
        door.engine().start(door.name("pebble"));
        door.awaitPort(door.name("pebble"), 14000);
    }

    /** The authority of its own HTTPS, in PEM. */
    static String authority(Path workspace) throws IOException {
        try (var engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspace))) {
            String container = engine.create(ContainerSpec.of("dokploy-test-" + java.util.UUID.randomUUID(), IMAGE)
                    .build());
            try (InputStream files = engine.copyOut(container, "/test/certs/pebble.minica.pem");
                    var tar = new TarArchiveInputStream(files)) {
                tar.getNextEntry();
                return new String(tar.readAllBytes(), StandardCharsets.US_ASCII);
            } finally {
                engine.remove(container);
            }
        }
    }

    /** Lets a name lead to that address. */
    void lead(String host, String address) throws Exception {
        tell("add-a", "{\"host\": \"" + host + ".\", \"addresses\": [\"" + address + "\"]}");
    }

    /** Lets nobody know a name. */
    void forget(String host) throws Exception {
        tell("set-servfail", "{\"host\": \"" + host + ".\"}");
    }

    private void tell(String what, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(dnsManagement + what))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("the DNS answered " + status + " to " + what);
        }
    }
}
