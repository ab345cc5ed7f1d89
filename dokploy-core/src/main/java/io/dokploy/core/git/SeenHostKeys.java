package io.dokploy.core.git;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.HostKeyException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds out which of a server's host keys is the one whose fingerprint was pinned, and remembers it: a fingerprint does
 * not tell the type of its key, a server shows one key only, and OpenSSH shuts out those who ask too often. Thread-safe.
 */
final class SeenHostKeys {

    private final Map<String, Map<String, String>> refused = new ConcurrentHashMap<>();

    /** Does what needs a session, asking for one key after the other until one is pinned. */
    <T> T trying(List<String> pins, GitAddress address, Function<PinnedHostKeys, T> attempt) {
        String server = address.host() + ":" + address.port() + " " + pins;
        Map<String, String> known = refused.getOrDefault(server, Map.of());
        if (!known.isEmpty()) {
            var hostKeys = new PinnedHostKeys(pins, address, known);
            try {
                return attempt.apply(hostKeys);
            } catch (DokployException e) {
                if (hostKeys.hasAccepted()) {
                    throw e;
                }
                // The server may have other keys than last time.
                refused.remove(server);
            }
        }
        return searching(server, pins, address, attempt);
    }

    private <T> T searching(String server, List<String> pins, GitAddress address, Function<PinnedHostKeys, T> attempt) {
        HostKeyException last = null;
        Map<String, String> soFar = Map.of();
        while (true) {
            var hostKeys = new PinnedHostKeys(pins, address, soFar);
            try {
                return attempt.apply(hostKeys);
            } catch (HostKeyException e) {
                last = e;
                if (!hostKeys.isPinnedByFingerprint() || hostKeys.refused().equals(soFar)) {
                    throw e;
                }
                soFar = hostKeys.refused();
            } catch (DokployException e) {
                throw last == null || hostKeys.hasAccepted() ? e : last;
            } finally {
                if (hostKeys.hasAccepted() && !soFar.isEmpty()) {
                    refused.put(server, soFar);
                }
            }
        }
    }
}
