package io.dokploy.backup.s3;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket for backups. Immutable.
 *
 * <p>An upload needs heap for {@link Builder#partSize} times {@link Builder#parallelism}: 32 MiB with the defaults. Parts
 * grow after the first thousand (8 GiB with the defaults), so that the 10,000 of an object suffice up to 5 TiB;
 * docs/backup-targets.md has a table of the heap that each size needs.
 *
 * <p>Access without keys uses those of the machine, as the AWS tools do: environment, profile, role of the container or
 * of the instance, web identity. A bucket with object lock needs nothing but its own default retention.
 */
public final class S3Settings implements PluginSettings {

    static final String ID = "s3";
    static final int VERSION = 1;

    private final Builder values;

    private S3Settings(Builder values) {
        this.values = values;
    }

    /** How the bucket is named in a request. */
    public enum Addressing {
        /** In the path, {@code https://host/bucket/key}: what most servers want; the default where there is an endpoint. */
        PATH,
        /** In the host, {@code https://bucket.host/key}: what Amazon wants; the default where there is none. */
        VIRTUAL_HOST
    }

    /** How the server is told to check what arrives. */
    public enum Checksums {
        /** A CRC32 in a header; the default. */
        CRC32,
        /** {@code Content-MD5}, for servers that refuse the newer checksums. */
        MD5
    }

    /** Begins with a bucket, of Amazon's unless an endpoint is given. */
    public static Builder bucket(String name) {
        return new Builder(name);
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static S3Settings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        var builder = new Builder(reader.text("bucket").orElse(""));
        builder.endpoint = reader.text("endpoint").orElse(null);
        reader.text("region").ifPresent(builder::region);
        builder.addressing = reader.text("addressing").orElse(null);
        builder.accessKey = reader.text("accessKey").orElse(null);
        builder.secretKey = reader.secret("secretKey").orElse(null);
        reader.secret("sessionToken").ifPresent(builder::sessionToken);
        reader.text("role").ifPresent(builder::role);
        reader.text("storageClass").ifPresent(builder::storageClass);
        reader.text("encryption").ifPresent(builder::encryption);
        reader.text("encryptionKey").ifPresent(builder::encryptionKey);
        reader.text("certificateAuthority").ifPresent(builder::certificateAuthority);
        reader.text("checksums").ifPresent(checksums -> builder.checksums = checksums);
        reader.number("partSize").ifPresent(size -> builder.partSize = size);
        reader.number("parallelism").ifPresent(parallelism -> builder.parallelism = parallelism);
        reader.number("bandwidth").ifPresent(bandwidth -> builder.bandwidth = bandwidth);
        reader.number("attempts").ifPresent(attempts -> builder.attempts = attempts);
        reader.number("timeoutMillis").ifPresent(millis -> builder.timeout = Duration.ofMillis(millis));
        return builder.build(reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch()
                        .put("bucket", values.bucket)
                        .put("endpoint", values.endpoint)
                        .put("region", values.region)
                        .put("addressing", values.addressing)
                        .put("accessKey", values.accessKey)
                        .put("secretKey", values.secretKey)
                        .put("sessionToken", values.sessionToken)
                        .put("role", values.role)
                        .put("storageClass", values.storageClass)
                        .put("encryption", values.encryption)
                        .put("encryptionKey", values.encryptionKey)
                        .put("certificateAuthority", values.certificateAuthority)
                        .put("checksums", values.checksums)
                        .put("partSize", values.partSize)
                        .put("parallelism", values.parallelism)
                        .put("bandwidth", values.bandwidth)
                        .put("attempts", values.attempts)
                        .put("timeoutMillis", values.timeout.toMillis())
                        .build());
    }

    String bucket() {
        return values.bucket;
    }

    Optional<URI> endpoint() {
        return Optional.ofNullable(values.endpoint).map(URI::create);
    }

    String region() {
        return values.region;
    }

    boolean pathStyle() {
        return values.addressing == null ? values.endpoint != null : values.addressing.equals(Addressing.PATH.name());
    }

    Optional<String> accessKey() {
        return Optional.ofNullable(values.accessKey);
    }

    Optional<Secret> secretKey() {
        return Optional.ofNullable(values.secretKey);
    }

    Optional<Secret> sessionToken() {
        return Optional.ofNullable(values.sessionToken);
    }

    Optional<String> role() {
        return Optional.ofNullable(values.role);
    }

    Optional<String> storageClass() {
        return Optional.ofNullable(values.storageClass);
    }

    Optional<String> encryption() {
        return Optional.ofNullable(values.encryption);
    }

    Optional<String> encryptionKey() {
        return Optional.ofNullable(values.encryptionKey);
    }

    Optional<String> certificateAuthority() {
        return Optional.ofNullable(values.certificateAuthority);
    }

    Checksums checksums() {
        return Checksums.valueOf(values.checksums);
    }

    long partSize() {
        return values.partSize;
    }

    int parallelism() {
        return (int) values.parallelism;
    }

    /** Bytes per second; 0 without a limit. */
    long bandwidth() {
        return values.bandwidth;
    }

    int attempts() {
        return (int) values.attempts;
    }

    Duration timeout() {
        return values.timeout;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof S3Settings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    /** Where it is, without keys: {@code bucket "backups" at https://s3.example.com}. */
    @Override
    public String toString() {
        return "bucket \"" + bucket() + "\" at "
                + endpoint().map(URI::toString).orElse("Amazon S3, region " + region());
    }

    /** Puts settings together; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final String bucket;
        private @Nullable String endpoint;
        private String region = "us-east-1";
        private @Nullable String addressing;
        private @Nullable String accessKey;
        private @Nullable Secret secretKey;
        private @Nullable Secret sessionToken;
        private @Nullable String role;
        private @Nullable String storageClass;
        private @Nullable String encryption;
        private @Nullable String encryptionKey;
        private @Nullable String certificateAuthority;
        private String checksums = Checksums.CRC32.name();
        private long partSize = 8 << 20;
        private long parallelism = 4;
        private long bandwidth;
        private long attempts = 12;
        private Duration timeout = Duration.ofSeconds(60);

        private Builder(String bucket) {
            this.bucket = bucket;
        }

        private Builder(Builder other) {
            bucket = other.bucket;
            endpoint = other.endpoint;
            region = other.region;
            addressing = other.addressing;
            accessKey = other.accessKey;
            secretKey = other.secretKey;
            sessionToken = other.sessionToken;
            role = other.role;
            storageClass = other.storageClass;
            encryption = other.encryption;
            encryptionKey = other.encryptionKey;
            certificateAuthority = other.certificateAuthority;
            checksums = other.checksums;
            partSize = other.partSize;
            parallelism = other.parallelism;
            bandwidth = other.bandwidth;
            attempts = other.attempts;
            timeout = other.timeout;
        }

        /** The server, {@code https://s3.example.com}; Amazon S3 if left out. */
        public Builder endpoint(URI address) {
            endpoint = address.toString();
            return this;
        }

        /** The region; {@code us-east-1} if left out, which servers without regions take. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** How the bucket is named in requests; by default what the endpoint suggests. */
        public Builder addressing(Addressing how) {
            addressing = how.name();
            return this;
        }

        /** The keys; those of the machine if left out. */
        public Builder credentials(String access, Secret secret) {
            accessKey = access;
            secretKey = secret;
            return this;
        }

        /** Belongs to keys that expire. */
        public Builder sessionToken(Secret token) {
            sessionToken = token;
            return this;
        }

        /** The role (its ARN) that the keys take for an hour at a time, by STS: that of the endpoint, or Amazon's. */
        public Builder role(String arn) {
            role = arn;
            return this;
        }

        /** Of the objects: {@code STANDARD_IA}, {@code GLACIER_IR}; the server's default if left out. */
        public Builder storageClass(String name) {
            storageClass = name;
            return this;
        }

        /** Of the objects, by the server: {@code AES256} or {@code aws:kms}; the bucket's default if left out. */
        public Builder encryption(String algorithm) {
            encryption = algorithm;
            return this;
        }

        /** The KMS key for {@code aws:kms}. */
        public Builder encryptionKey(String id) {
            encryptionKey = id;
            return this;
        }

        /** Certificates (PEM) that the server's may be signed by, beside those that the JVM trusts. */
        public Builder certificateAuthority(String pem) {
            certificateAuthority = pem;
            return this;
        }

        /** How the server checks what arrives; {@link Checksums#CRC32} if left out. */
        public Builder checksums(Checksums how) {
            checksums = how.name();
            return this;
        }

        /** Size of the first thousand parts, 5 MiB to 512 MiB; 8 MiB if left out. */
        public Builder partSize(ByteSize size) {
            partSize = size.bytes();
            return this;
        }

        /** How many parts are in memory at a time: one is filled, the others are sent. 1 to 16; 4 if left out. */
        public Builder parallelism(int parts) {
            parallelism = parts;
            return this;
        }

        /** How much is sent per second, by all parts of an upload together; at least 16 KiB, no limit if left out. */
        public Builder bandwidth(ByteSize perSecond) {
            bandwidth = perSecond.bytes();
            return this;
        }

        /** How often a request is tried, ever later; 1 to 30, and 12 if left out, which bridges about a minute. */
        public Builder attempts(int most) {
            attempts = most;
            return this;
        }

        /** How long the server may be silent before a request is tried again; a minute if left out. */
        public Builder timeout(Duration silence) {
            timeout = silence;
            return this;
        }

        /**
         * The settings.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public S3Settings build() {
            return build(Problems.of("settings of " + ID));
        }

        private S3Settings build(Problems problems) {
            problems.require(Words.isBucket(bucket), "bucket", "must be the name of a bucket");
            problems.require(
                    endpoint == null || Endpoint.isOne(endpoint),
                    "endpoint",
                    "must be https:// or http:// with a host, without bucket, user and password");
            problems.require(Words.isWord(region), "region", "must be the name of a region");
            problems.require(
                    addressing == null || Words.isOne(Addressing.values(), addressing),
                    "addressing",
                    "must be PATH or VIRTUAL_HOST");
            problems.require(Words.isOne(Checksums.values(), checksums), "checksums", "must be CRC32 or MD5");
            problems.require(
                    (accessKey == null) == (secretKey == null),
                    "secretKey",
                    "must be given if accessKey is, and only then");
            problems.require(Words.isWordOrNone(accessKey), "accessKey", "must be an access key");
            problems.require(secretKey == null || !secretKey.reveal().isBlank(), "secretKey", "must not be empty");
            problems.require(sessionToken == null || accessKey != null, "sessionToken", "belongs to an accessKey");
            problems.require(role == null || Words.isArn(role), "role", "must be the ARN of a role");
            problems.require(Words.isWordOrNone(storageClass), "storageClass", "must be the name of a storage class");
            problems.require(Words.isWordOrNone(encryption), "encryption", "must be AES256 or aws:kms");
            problems.require(Words.isWordOrNone(encryptionKey), "encryptionKey", "must be the id of a key");
            problems.require(encryptionKey == null || encryption != null, "encryptionKey", "belongs to an encryption");
            problems.require(
                    partSize >= 5 << 20 && partSize <= 512 << 20, "partSize", "must be between 5 MiB and 512 MiB");
            problems.require(parallelism >= 1 && parallelism <= 16, "parallelism", "must be between 1 and 16");
            problems.require(
                    bandwidth == 0 || bandwidth >= 16 << 10, "bandwidth", "must be at least 16 KiB per second");
            problems.require(attempts >= 1 && attempts <= 30, "attempts", "must be between 1 and 30");
            problems.require(
                    timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofMinutes(10)) <= 0,
                    "timeout",
                    "must be between 100 ms and 10 minutes");
            problems.require(
                    certificateAuthority == null || Trust.isPem(certificateAuthority),
                    "certificateAuthority",
                    "must be certificates in PEM form");
            problems.throwIfAny();
            return new S3Settings(new Builder(this));
        }
    }
}
