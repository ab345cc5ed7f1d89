package io.dokploy.builder.staticsite;

import io.dokploy.api.error.Problems;
import io.dokploy.api.route.Domain;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a folder of files is served. Defaults: the first of {@code .}, {@code public}, {@code dist}, {@code build} and
 * {@code site} that has an {@code index.html}; the folder's {@code 404.html} for what is not there; long caching of files
 * with a hash in their name; compression; port 3000, which is also a domain's default. Immutable.
 *
 * <p>Not served: files whose names begin with a dot (but for {@code .well-known}), symbolic links, a Dockerfile.
 */
public final class StaticSettings implements PluginSettings {

    /** What browsers and proxies may keep. */
    public enum CacheHeaders {
        /** A year for files with a hash in their name; all else is asked for again, and answered 304 if unchanged. */
        HASHED_FILES,
        /** Everything is asked for again, and answered 304 if unchanged. */
        REVALIDATE,
        /** Nothing is said about it. */
        NONE
    }

    static final String ID = "static";
    static final int VERSION = 1;

    private static final int LONGEST_PATH = 500;
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}");

    private final @Nullable String publishDirectory;
    private final boolean singlePage;
    private final @Nullable String notFoundPage;
    private final CacheHeaders cacheHeaders;
    private final boolean compression;
    private final int port;
    private final String baseImage;

    private StaticSettings(Builder builder) {
        publishDirectory = builder.publishDirectory;
        singlePage = builder.singlePage;
        notFoundPage = builder.notFoundPage;
        cacheHeaders = builder.cacheHeaders;
        compression = builder.compression;
        port = builder.port;
        baseImage = builder.baseImage;
    }

    /** The defaults. */
    public static StaticSettings defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static StaticSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        var builder = builder();
        reader.text("publishDirectory").ifPresent(builder::publishDirectory);
        builder.singlePage = reader.flag("singlePage").orElse(builder.singlePage);
        reader.text("notFoundPage").ifPresent(builder::notFoundPage);
        Optional<String> cacheHeaders = reader.text("cacheHeaders");
        builder.compression = reader.flag("compression").orElse(builder.compression);
        builder.port = reader.number("port").map(StaticSettings::anyPort).orElse(builder.port);
        reader.text("baseImage").ifPresent(builder::baseImage);
        Problems problems = reader.problems();
        cacheHeaders.ifPresent(text -> builder.cacheHeaders = cacheHeaders(problems, text));
        return builder.build(problems);
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch()
                        .put("publishDirectory", publishDirectory)
                        .put("singlePage", singlePage)
                        .put("notFoundPage", notFoundPage)
                        .put("cacheHeaders", cacheHeaders.name().toLowerCase(Locale.ROOT))
                        .put("compression", compression)
                        .put("port", port)
                        .put("baseImage", baseImage)
                        .build());
    }

    Optional<String> publishDirectory() {
        return Optional.ofNullable(publishDirectory);
    }

    boolean singlePage() {
        return singlePage;
    }

    Optional<String> notFoundPage() {
        return Optional.ofNullable(notFoundPage);
    }

    CacheHeaders cacheHeaders() {
        return cacheHeaders;
    }

    boolean compression() {
        return compression;
    }

    int port() {
        return port;
    }

    String baseImage() {
        return baseImage;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StaticSettings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    @Override
    public String toString() {
        return "StaticSettings" + toDocument().values().entries();
    }

    /** What is no int is no port either. */
    private static int anyPort(long number) {
        return (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE));
    }

    private static CacheHeaders cacheHeaders(Problems problems, String text) {
        for (CacheHeaders value : CacheHeaders.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        problems.add("cacheHeaders", "must be hashed_files, revalidate or none");
        return CacheHeaders.NONE;
    }

    /** Puts settings together; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private @Nullable String publishDirectory;
        private boolean singlePage;
        private @Nullable String notFoundPage;
        private CacheHeaders cacheHeaders = CacheHeaders.HASHED_FILES;
        private boolean compression = true;
        private int port = Domain.DEFAULT_PORT;
        private String baseImage = "nginx:1.29-alpine";

        private Builder() {}

        /** The folder with the {@code index.html}, from the root of the source tree. */
        public Builder publishDirectory(String path) {
            publishDirectory = path;
            return this;
        }

        /**
         * The site is an application of a single page: addresses that are no file are answered with the
         * {@code index.html}, but for those that ask for scripts, styles, images and the like.
         */
        public Builder singlePageApplication() {
            singlePage = true;
            return this;
        }

        /** The page for what is not there, from the publish directory; {@code 404.html} is taken if it exists. */
        public Builder notFoundPage(String path) {
            notFoundPage = path;
            return this;
        }

        /** What browsers and proxies may keep. */
        public Builder cacheHeaders(CacheHeaders headers) {
            cacheHeaders = headers;
            return this;
        }

        /** Answers are sent as they are, not compressed with gzip. */
        public Builder withoutCompression() {
            compression = false;
            return this;
        }

        /** Where nginx listens inside the container. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Another image of nginx; it needs a user {@code nginx} and {@code /etc/nginx/mime.types}. */
        public Builder baseImage(String reference) {
            baseImage = reference;
            return this;
        }

        /**
         * The settings.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public StaticSettings build() {
            return build(Problems.of("settings of " + ID));
        }

        private StaticSettings build(Problems problems) {
            if (publishDirectory != null) {
                checkPath(problems, "publishDirectory", publishDirectory);
            }
            if (notFoundPage != null) {
                checkPath(problems, "notFoundPage", notFoundPage);
            }
            problems.require(port >= 1 && port <= 65535, "port", "must be between 1 and 65535");
            problems.require(IMAGE.matcher(baseImage).matches(), "baseImage", "must be the reference of an image");
            problems.throwIfAny();
            return new StaticSettings(this);
        }

        private static void checkPath(Problems problems, String field, String path) {
            problems.require(!path.isBlank() && path.length() <= LONGEST_PATH, field, "must have 1 to 500 characters");
            problems.require(
                    path.chars().noneMatch(Character::isISOControl), field, "must not hold control characters");
            problems.require(
                    !path.startsWith("/") && path.indexOf('\\') < 0, field, "must be relative to the source, with /");
            problems.require(!List.of(path.split("/")).contains(".."), field, "must not leave the source with ..");
        }
    }
}
