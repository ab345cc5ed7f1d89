package io.dokploy.core.docker;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** An image registry that wants a login. On loopback, where engines need no TLS. */
public final class RegistryServer implements AutoCloseable {

    private static final int PORT = 5000;
    private static final String USER = "deployer";

    private final String password = "pa$$ \"word\" " + UUID.randomUUID();
    private final GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("registry:3"))
            .withExposedPorts(PORT)
            .withCopyToContainer(Transferable.of(USER + ":" + hash(password) + "\n"), "/auth/htpasswd")
            .withEnv(Map.of(
                    "REGISTRY_AUTH", "htpasswd",
                    "REGISTRY_AUTH_HTPASSWD_REALM", "registry",
                    "REGISTRY_AUTH_HTPASSWD_PATH", "/auth/htpasswd"))
            .waitingFor(Wait.forHttp("/v2/").forStatusCode(401));

    /** Starts it. */
    public RegistryServer() {
        container.start();
    }

    /** As it stands in image references. */
    public String host() {
        return "127.0.0.1:" + container.getMappedPort(PORT);
    }

    /** The login that it takes. */
    public RegistryCredentials login() {
        return new RegistryCredentials(host(), USER, Secret.of(password));
    }

    /** The only password that it takes. */
    public String password() {
        return password;
    }

    @Override
    public void close() {
        container.stop();
    }

    private static String hash(String password) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(5, password.toCharArray());
    }
}
