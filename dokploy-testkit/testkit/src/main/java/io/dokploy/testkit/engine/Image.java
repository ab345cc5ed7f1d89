package io.dokploy.testkit.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What an image is, whatever its names.
 *
 * @param origin         tells it from all others
 * @param labels         its labels
 * @param created        when
 * @param hasHealthCheck whether it declares one
 * @param entryPoint     its entry point
 * @param arguments      its command
 */
record Image(
        String origin,
        Map<String, String> labels,
        Instant created,
        boolean hasHealthCheck,
        List<String> entryPoint,
        List<String> arguments) {

    static final long SIZE = 1_000_000;

    Image {
        labels = Map.copyOf(labels);
        entryPoint = List.copyOf(entryPoint);
        arguments = List.copyOf(arguments);
    }

    /** {@code sha256:…}, of the config. */
    String id() {
        return sha256(config());
    }

    /** Names the layers, of which there are none. */
    String config() {
        return "{\"origin\":\"" + origin + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    }

    /** One of which nothing is known but where it comes from. */
    static Image of(String origin, Instant created) {
        return new Image(sha256(origin), Map.of(), created, false, List.of(), List.of());
    }

    static String sha256(String text) {
        return "sha256:" + HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
