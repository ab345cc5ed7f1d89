package io.dokploy.core.store;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.core.json.ValueJson;
import io.dokploy.spi.RegistryLogins;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Logins for image registries, one for each host. Thread-safe. */
public final class RegistryTable implements RegistryLogins {

    private static final String DOCKER_HUB = "docker.io";

    private final Database database;
    private final ValueJson json;

    RegistryTable(Database database, ValueJson json) {
        this.database = database;
        this.json = json;
    }

    /** Keeps or replaces the login of a host. */
    public void put(RegistryCredentials credentials) {
        String host = normalize(credentials.host());
        String document = json.store(credentials);
        database.useTransaction(handle -> {
            remove(host);
            handle.createUpdate("INSERT INTO dokploy_registry (host, login_json) VALUES (:host, :login)")
                    .bind("host", host)
                    .bind("login", document)
                    .execute();
        });
    }

    /** Forgets the login of a host; does nothing if there is none. */
    public void remove(String host) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_registry WHERE host = :host")
                .bind("host", normalize(host))
                .execute());
    }

    /** The hosts that have a login, sorted. */
    public List<String> hosts() {
        return database.inTransaction(handle -> handle.createQuery("SELECT host FROM dokploy_registry ORDER BY host")
                .mapTo(String.class)
                .list());
    }

    @Override
    public Optional<RegistryCredentials> forImage(String reference) {
        String host = hostOf(reference);
        return database.inTransaction(
                        handle -> handle.createQuery("SELECT login_json FROM dokploy_registry WHERE host = :host")
                                .bind("host", host)
                                .mapTo(String.class)
                                .findOne())
                .map(document -> json.restore(document, RegistryCredentials.class));
    }

    @Override
    public List<RegistryCredentials> all() {
        return database
                .inTransaction(handle -> handle.createQuery("SELECT login_json FROM dokploy_registry ORDER BY host")
                        .mapTo(String.class)
                        .list())
                .stream()
                .map(document -> json.restore(document, RegistryCredentials.class))
                .toList();
    }

    /**
     * The registry's host of an image reference: what stands before the first slash, if it could be a host (it has a
     * dot or a port, is {@code localhost} or has a capital letter); else Docker Hub.
     */
    static String hostOf(String reference) {
        int slash = reference.indexOf('/');
        if (slash < 0) {
            return DOCKER_HUB;
        }
        String first = reference.substring(0, slash);
        boolean isHost = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return isHost ? normalize(first) : DOCKER_HUB;
    }

    private static String normalize(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com" -> DOCKER_HUB;
            default -> lower;
        };
    }
}
