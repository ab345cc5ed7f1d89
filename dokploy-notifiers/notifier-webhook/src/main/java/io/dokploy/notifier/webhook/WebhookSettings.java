package io.dokploy.notifier.webhook;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications are posted. Each request has the headers {@code X-Dokploy-Delivery} (the same for all tries of one
 * notification: a receiver that has seen it answers 200 and does nothing), {@code X-Dokploy-Event} and {@code
 * X-Dokploy-Timestamp} (seconds since 1970). An answer of 2xx means delivered; after 408, 425, 429 and 5xx it is tried
 * again, not before {@code Retry-After}; anything else, redirects too, is final. Immutable.
 *
 * <p>With a {@link Builder#signingSecret secret} there is {@code X-Dokploy-Signature: sha256=HEX}, the HMAC-SHA256 of
 * timestamp, a dot, and the body's bytes. A receiver checks it before it reads the body:
 *
 * <pre>{@code
 * var mac = Mac.getInstance("HmacSHA256");
 * mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
 * mac.update((timestamp + ".").getBytes(UTF_8));
 * var expected = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
 * boolean genuine = MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))
 *         && Math.abs(now - Long.parseLong(timestamp)) < 300;
 * }</pre>
 */
public final class WebhookSettings implements PluginSettings {

    static final String ID = "webhook";
    static final int VERSION = 1;

    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final int SHORTEST_SECRET = 16;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
    private static final Set<String> OTHERS_HEADERS = Set.of(
            "connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade", "date");

    private final Secret url;
    private final @Nullable Secret signingSecret;
    private final Map<String, Secret> headers;
    private final Duration timeout;

    private WebhookSettings(Builder builder) {
        url = builder.url;
        signingSecret = builder.signingSecret;
        headers = Collections.unmodifiableMap(new TreeMap<>(builder.headers));
        timeout = builder.timeout;
    }

    /** Posts to {@code url} without a signature. */
    public static WebhookSettings of(URI url) {
        return builder(url).build();
    }

    /** Begins with an address; it is kept like a secret, since such addresses often hold one. */
    public static Builder builder(URI url) {
        return new Builder(Secret.of(url.toString()));
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static WebhookSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        var builder = new Builder(reader.secret("url").orElse(Secret.of("")));
        reader.secret("signingSecret").ifPresent(builder::signingSecret);
        reader.namedSecrets("headers").forEach(builder::header);
        reader.number("timeoutMillis").map(Duration::ofMillis).ifPresent(builder::timeout);
        return builder.build(reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch()
                        .put("url", url)
                        .put("signingSecret", signingSecret)
                        .putSecrets("headers", headers)
                        .put("timeoutMillis", timeout.toMillis())
                        .build());
    }

    URI url() {
        return URI.create(url.reveal());
    }

    Optional<Secret> signingSecret() {
        return Optional.ofNullable(signingSecret);
    }

    Map<String, Secret> headers() {
        return headers;
    }

    Duration timeout() {
        return timeout;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSettings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    /** Names the host alone. */
    @Override
    public String toString() {
        return "WebhookSettings[" + url().getHost() + "]";
    }

    /** Puts settings together; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final Secret url;
        private @Nullable Secret signingSecret;
        private final Map<String, Secret> headers = new TreeMap<>();
        private Duration timeout = Duration.ofSeconds(10);

        private Builder(Secret url) {
            this.url = url;
        }

        /** Signs requests; at least 16 characters. */
        public Builder signingSecret(Secret secret) {
            signingSecret = secret;
            return this;
        }

        /** Adds a header, for example {@code Authorization}. */
        public Builder header(String name, Secret value) {
            headers.put(name, value);
            return this;
        }

        /** How long a delivery may take in all, at most 25 seconds; 10 if left out. */
        public Builder timeout(Duration duration) {
            timeout = duration;
            return this;
        }

        /**
         * The settings.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public WebhookSettings build() {
            return build(Problems.of("settings of " + ID));
        }

        private WebhookSettings build(Problems problems) {
            checkUrl(problems);
            problems.require(
                    signingSecret == null || signingSecret.reveal().length() >= SHORTEST_SECRET,
                    "signingSecret",
                    "must have at least 16 characters");
            headers.forEach((name, value) -> checkHeader(problems, name, value));
            problems.require(
                    timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(LONGEST) <= 0,
                    "timeout",
                    "must be between 100 ms and 25 s");
            problems.throwIfAny();
            return new WebhookSettings(this);
        }

        private void checkUrl(Problems problems) {
            try {
                URI address = URI.create(url.reveal());
                String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
                problems.require(
                        Set.of("http", "https").contains(scheme) && address.getHost() != null,
                        "url",
                        "must begin with https:// or http:// and name a host");
                problems.require(
                        address.getRawUserInfo() == null, "url", "must not hold a password; use a header instead");
            } catch (IllegalArgumentException e) {
                problems.add("url", "is not an address");
            }
        }

        private static void checkHeader(Problems problems, String name, Secret value) {
            String lower = name.toLowerCase(Locale.ROOT);
            String field = HEADER_NAME.matcher(name).matches() ? "headers." + name : "headers";
            problems.require(HEADER_NAME.matcher(name).matches(), field, "there is a name that no header can have");
            problems.require(
                    !OTHERS_HEADERS.contains(lower) && !lower.startsWith("x-dokploy-"),
                    field,
                    "is set by the notifier itself");
            problems.require(
                    HEADER_VALUE.matcher(value.reveal()).matches(), field, "must be visible ASCII text in one line");
        }
    }
}
