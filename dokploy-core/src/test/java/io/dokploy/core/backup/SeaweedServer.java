package io.dokploy.core.backup;

import io.dokploy.api.value.Secret;
import io.dokploy.backup.s3.S3Settings;
import java.net.URI;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A SeaweedFS with an S3 port. */
public final class SeaweedServer implements AutoCloseable {

    private static final int S3_PORT = 8333;

    private final GenericContainer<?> container =
            new GenericContainer<>(DockerImageName.parse("chrislusf/seaweedfs:4.48"));

    private final String secretKey;

    public SeaweedServer() {
        this("drill-secret");
    }

    /** One whose only user has that key; without quotes and backslashes. */
    public SeaweedServer(String secretKey) {
        this.secretKey = secretKey;
        container
                .withLabel("io.dokploy.run", "test")
                .withLabel(
                        "io.dokploy.run.pid",
                        Long.toString(ProcessHandle.current().pid()))
                .withCopyToContainer(
                        Transferable.of("{\"identities\": [{\"name\": \"test\", \"actions\": [\"Admin\"],"
                                + " \"credentials\": [{\"accessKey\": \"drill\", \"secretKey\": \"%s\"}]}]}"
                                        .formatted(secretKey)),
                        "/etc/seaweedfs/s3.json")
                .withCommand("server", "-s3", "-s3.config=/etc/seaweedfs/s3.json", "-ip.bind=0.0.0.0")
                .withExposedPorts(S3_PORT)
                .waitingFor(Wait.forHttp("/").forPort(S3_PORT).forStatusCodeMatching(status -> status < 500))
                .start();
    }

    /** A bucket of it, which the first write makes. */
    public S3Settings bucket(String name) {
        return bucket(name, secretKey);
    }

    /** The same, asked for with that key. */
    public S3Settings bucket(String name, String key) {
        return settings(name, endpoint(), key).build();
    }

    /** The same, reached by another way. */
    S3Settings.Builder bucket(String name, URI endpoint) {
        return settings(name, endpoint, secretKey);
    }

    private static S3Settings.Builder settings(String name, URI endpoint, String key) {
        return S3Settings.bucket(name).endpoint(endpoint).credentials("drill", Secret.of(key));
    }

    URI endpoint() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(S3_PORT));
    }

    /** The keys of what is in a bucket. */
    List<String> objects(String bucket) {
        try (S3Client client = client()) {
            return client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    int unfinishedUploads(String bucket) {
        try (S3Client client = client()) {
            return client.listMultipartUploads(request -> request.bucket(bucket))
                    .uploads()
                    .size();
        }
    }

    private S3Client client() {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("drill", secretKey)))
                .build();
    }

    @Override
    public void close() {
        container.stop();
    }
}
