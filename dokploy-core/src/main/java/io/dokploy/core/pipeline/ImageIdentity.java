package io.dokploy.core.pipeline;

import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A hash over named parts; each with its length, so that two different sets of parts never read the same. */
final class ImageIdentity {

    private final MessageDigest digest;

    ImageIdentity() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        add("form", "1");
    }

    ImageIdentity add(String name, String value) {
        part(name);
        part(value);
        return this;
    }

    ImageIdentity add(String name, Map<String, String> values) {
        part(name);
        part(Integer.toString(values.size()));
        new TreeMap<>(values).forEach(this::add);
        return this;
    }

    /** Secrets take part by a version that does not tell them. */
    ImageIdentity addVersions(String name, Map<String, Secret> secrets, Function<Secret, String> version) {
        var versions = new TreeMap<String, String>();
        secrets.forEach((id, secret) -> versions.put(id, version.apply(secret)));
        return add(name, versions);
    }

    String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void part(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
