package io.dokploy.testkit.engine;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.RegistryUnavailableException;
import io.dokploy.api.source.RegistryCredentials;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be pulled and pushed. A registry that the test did not declare has every image, without login. Guarded by the
 * engine's lock.
 */
final class Registries {

    private final Map<String, Registry> declared = new HashMap<>();
    private final Map<String, Image> images = new HashMap<>();
    private final Set<String> missing = new HashSet<>();

    /** What the test said of a registry. */
    private static final class Registry {
        private Optional<RegistryCredentials> login = Optional.empty();
        private boolean unavailable;
    }

    void declare(String host, Optional<RegistryCredentials> login) {
        registry(host).login = login;
    }

    void unavailable(String host, boolean now) {
        registry(host).unavailable = now;
    }

    void missing(String reference) {
        missing.add(ImageName.normal(reference));
    }

    void put(String reference, Image image) {
        missing.remove(ImageName.normal(reference));
        images.put(ImageName.normal(reference), image);
    }

    Image pull(String reference, Optional<RegistryCredentials> credentials, Instant now) {
        enter(reference, credentials);
        String name = ImageName.normal(reference);
        Image known = images.get(name);
        if (missing.contains(name) || known == null && declared.containsKey(ImageName.registry(name))) {
            throw Refusals.missingImage(reference);
        }
        if (known == null) {
            known = Image.of("registry:" + name, now);
            images.put(name, known);
        }
        images.putIfAbsent(digest(name, known), known);
        return known;
    }

    /** @return the digest */
    String push(String tag, Image image, Optional<RegistryCredentials> credentials) {
        enter(tag, credentials);
        String digest = digest(tag, image);
        put(tag, image);
        put(digest, image);
        return digest;
    }

    static String digest(String reference, Image image) {
        return ImageName.repository(ImageName.normal(reference)) + "@" + Image.sha256("manifest of " + image.id());
    }

    private Registry registry(String host) {
        return declared.computeIfAbsent(host, h -> new Registry());
    }

    private void enter(String reference, Optional<RegistryCredentials> credentials) {
        String host = ImageName.registry(reference);
        Registry registry = declared.get(host);
        if (registry == null) {
            return;
        }
        if (registry.unavailable) {
            throw new RegistryUnavailableException(
                    "registry " + host, "it does not answer: the test said so", "Try again later.");
        }
        if (registry.login.isPresent() && !registry.login.equals(credentials)) {
            throw new AccessDeniedException(
                    "registry " + host,
                    credentials.isEmpty() ? "it wants a login" : "it refused the login",
                    "Give the right login for this registry.");
        }
    }
}
