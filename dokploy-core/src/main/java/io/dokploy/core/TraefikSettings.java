package io.dokploy.core;

import io.dokploy.api.error.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the front door is run: a Traefik of our own ({@link #managed()}), or one that is there already ({@link
 * #existing(Path, URI)}). Immutable: each method that sets something returns changed settings. What an existing one
 * must have is listed in docs/traefik.md.
 */
public final class TraefikSettings {

    /** The image of a managed Traefik. */
    public static final String DEFAULT_IMAGE = "traefik:v3.7";

    /** Where certificates come from unless {@link #acmeServer(URI)} says otherwise. */
    public static final URI LETS_ENCRYPT = URI.create("https://acme-v02.api.letsencrypt.org/directory");

    private final boolean managed;
    private final @Nullable URI privateEntryPoint;
    private @Nullable Path folder;
    private @Nullable String folderInTraefik;
    private @Nullable String container;
    private String image = DEFAULT_IMAGE;
    private String bindAddress = "0.0.0.0";
    private int httpPort = 80;
    private int httpsPort = 443;
    private int privatePort;
    private EntryPoints entryPoints = new EntryPoints("web", "websecure", "dokploy");
    private @Nullable String acmeEmail;
    private URI acmeServer = LETS_ENCRYPT;
    private @Nullable String acmeCaCertificate;
    private @Nullable Resolvers resolvers;
    private Duration switchDeadline = Duration.ofSeconds(10);
    private boolean retries = true;
    private Map<String, String> labels = Map.of();

    /**
     * Names of entry points in Traefik's static configuration.
     *
     * @param web       plain HTTP
     * @param websecure HTTPS
     * @param internal  the private one, reached by us only
     */
    public record EntryPoints(String web, String websecure, String internal) {}

    /**
     * Names of certificate resolvers in Traefik's static configuration.
     *
     * @param httpChallenge the one that proves control by HTTP
     * @param tlsChallenge  the one that proves it by TLS-ALPN
     */
    public record Resolvers(String httpChallenge, String tlsChallenge) {}

    private TraefikSettings(boolean managed, @Nullable URI privateEntryPoint) {
        this.managed = managed;
        this.privateEntryPoint = privateEntryPoint;
    }

    /**
     * Traefik as a container of the engine, on ports 80 and 443 of all addresses, without ACME. It runs on when this
     * program ends, and is left alone as long as its settings stay the same.
     */
    public static TraefikSettings managed() {
        return new TraefikSettings(true, null);
    }

    /**
     * A Traefik that somebody else runs.
     *
     * @param folder            of its file provider, as this program sees it; we only write there
     * @param privateEntryPoint where this program reaches its private entry point: {@code http://127.0.0.1:8082}
     */
    public static TraefikSettings existing(Path folder, URI privateEntryPoint) {
        Problems.of("Traefik settings")
                .require(
                        "http".equals(privateEntryPoint.getScheme())
                                && privateEntryPoint.getHost() != null
                                && privateEntryPoint.getPort() > 0,
                        "privateEntryPoint",
                        "must look like http://127.0.0.1:8082, but is " + privateEntryPoint)
                .throwIfAny();
        return new TraefikSettings(false, privateEntryPoint).folder(folder);
    }

    /** Where requests come in over HTTP: the published port, or an existing Traefik's; default 80. */
    public TraefikSettings httpPort(int port) {
        requirePort("httpPort", port, 1);
        return with(settings -> settings.httpPort = port);
    }

    /** Where requests come in over HTTPS: the published port, or an existing Traefik's; default 443. */
    public TraefikSettings httpsPort(int port) {
        requirePort("httpsPort", port, 1);
        return with(settings -> settings.httpsPort = port);
    }

    /** The address of this machine on which the front door is opened (or found); default {@code 0.0.0.0}, all. */
    public TraefikSettings bindAddress(String address) {
        Problems.of("Traefik settings")
                .require(address.matches("[0-9a-fA-F.:]+"), "bindAddress", "must be an IP address")
                .throwIfAny();
        return with(settings -> settings.bindAddress = address);
    }

    /** Managed: the port on 127.0.0.1 for our own questions; default 0, a free one that is kept. */
    public TraefikSettings privatePort(int port) {
        requirePort("privatePort", port, 0);
        return with(settings -> settings.privatePort = port);
    }

    /** Managed: the image, default {@value #DEFAULT_IMAGE}. */
    public TraefikSettings image(String reference) {
        return with(settings -> settings.image = reference);
    }

    /** Managed: a folder for configuration and certificates; default {@code traefik} in the data directory. */
    public TraefikSettings folder(Path path) {
        return with(settings -> settings.folder = path);
    }

    /** Managed: certificates from Let's Encrypt, which writes to this address when something is wrong with them. */
    public TraefikSettings acme(String email) {
        Problems.of("Traefik settings")
                .require(email.matches("[^@\\s]+@[^@\\s]+"), "acme", "must be an e-mail address")
                .throwIfAny();
        return with(settings -> settings.acmeEmail = email);
    }

    /** Managed: another ACME server than Let's Encrypt, by the address of its directory. */
    public TraefikSettings acmeServer(URI directory) {
        return with(settings -> settings.acmeServer = directory);
    }

    /** Managed: the certificate authority (PEM) of an ACME server whose own certificate is not publicly trusted. */
    public TraefikSettings acmeCaCertificate(String pem) {
        return with(settings -> settings.acmeCaCertificate = pem);
    }

    /** How long a new configuration may take to be in force, default 10 s; then the switch has failed. */
    public TraefikSettings switchDeadline(Duration deadline) {
        Problems.of("Traefik settings")
                .require(deadline.toMillis() > 0, "switchDeadline", "must be positive")
                .throwIfAny();
        return with(settings -> settings.switchDeadline = deadline);
    }

    /**
     * A request without side effects (GET, HEAD, …) that could not be handed to one of several replicas is not tried
     * at another one. By default it is, which hides a dead replica until the health check has found it.
     */
    public TraefikSettings withoutRetries() {
        return with(settings -> settings.retries = false);
    }

    /** Managed: a further label on the container and its network. */
    public TraefikSettings label(String name, String value) {
        return with(settings -> {
            var all = new TreeMap<>(settings.labels);
            all.put(name, value);
            settings.labels = Map.copyOf(all);
        });
    }

    /** Existing: the names of its entry points; default {@code web}, {@code websecure}, {@code dokploy}. */
    public TraefikSettings entryPoints(String web, String websecure, String internal) {
        requireExisting("entryPoints");
        return with(settings -> settings.entryPoints = new EntryPoints(web, websecure, internal));
    }

    /** Existing: the names of its certificate resolvers; without them there is no Let's Encrypt. */
    public TraefikSettings resolvers(String httpChallenge, String tlsChallenge) {
        requireExisting("resolvers");
        return with(settings -> settings.resolvers = new Resolvers(httpChallenge, tlsChallenge));
    }

    /** Existing: its container, so that we can join it to networks, count its connections and read its log. */
    public TraefikSettings container(String name) {
        requireExisting("container");
        return with(settings -> settings.container = name);
    }

    /** Existing: where Traefik itself sees the folder; default the same path. Needed for own certificates. */
    public TraefikSettings folderInTraefik(String path) {
        requireExisting("folderInTraefik");
        return with(settings -> settings.folderInTraefik = path);
    }

    /** Whether we run Traefik. */
    public boolean isManaged() {
        return managed;
    }

    /** See {@link #existing(Path, URI)}; empty if managed. */
    public Optional<URI> privateEntryPoint() {
        return Optional.ofNullable(privateEntryPoint);
    }

    /** See {@link #folder(Path)} and {@link #existing(Path, URI)}. */
    public Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** See {@link #folderInTraefik(String)}. */
    public Optional<String> folderInTraefik() {
        return Optional.ofNullable(folderInTraefik);
    }

    /** See {@link #container(String)}. */
    public Optional<String> container() {
        return Optional.ofNullable(container);
    }

    /** See {@link #image(String)}. */
    public String image() {
        return image;
    }

    /** See {@link #bindAddress(String)}. */
    public String bindAddress() {
        return bindAddress;
    }

    /** See {@link #httpPort(int)}. */
    public int httpPort() {
        return httpPort;
    }

    /** See {@link #httpsPort(int)}. */
    public int httpsPort() {
        return httpsPort;
    }

    /** See {@link #privatePort(int)}. */
    public int privatePort() {
        return privatePort;
    }

    /** See {@link #entryPoints(String, String, String)}. */
    public EntryPoints entryPoints() {
        return entryPoints;
    }

    /** See {@link #acme(String)}. */
    public Optional<String> acmeEmail() {
        return Optional.ofNullable(acmeEmail);
    }

    /** See {@link #acmeServer(URI)}. */
    public URI acmeServer() {
        return acmeServer;
    }

    /** See {@link #acmeCaCertificate(String)}. */
    public Optional<String> acmeCaCertificate() {
        return Optional.ofNullable(acmeCaCertificate);
    }

    /** The certificate resolvers for Let's Encrypt, if there are any. */
    public Optional<Resolvers> resolvers() {
        return managed && acmeEmail != null
                ? Optional.of(new Resolvers("letsencrypt-http", "letsencrypt-tls"))
                : Optional.ofNullable(resolvers);
    }

    /** See {@link #switchDeadline(Duration)}. */
    public Duration switchDeadline() {
        return switchDeadline;
    }

    /** See {@link #withoutRetries()}. */
    public boolean retries() {
        return retries;
    }

    /** See {@link #label(String, String)}. */
    public Map<String, String> labels() {
        return labels;
    }

    private void requireExisting(String field) {
        Problems.of("Traefik settings")
                .require(!managed, field, "is for an existing Traefik; the managed one has names of its own")
                .throwIfAny();
    }

    private static void requirePort(String field, int port, int min) {
        Problems.of("Traefik settings")
                .require(port >= min && port <= 65535, field, "must be between " + min + " and 65535")
                .throwIfAny();
    }

    private TraefikSettings with(Consumer<TraefikSettings> change) {
        var copy = new TraefikSettings(managed, privateEntryPoint);
        copy.folder = folder;
        copy.folderInTraefik = folderInTraefik;
        copy.container = container;
        copy.image = image;
        copy.bindAddress = bindAddress;
        copy.httpPort = httpPort;
        copy.httpsPort = httpsPort;
        copy.privatePort = privatePort;
        copy.entryPoints = entryPoints;
        copy.acmeEmail = acmeEmail;
        copy.acmeServer = acmeServer;
        copy.acmeCaCertificate = acmeCaCertificate;
        copy.resolvers = resolvers;
        copy.switchDeadline = switchDeadline;
        copy.retries = retries;
        copy.labels = labels;
        change.accept(copy);
        return copy;
    }
}
