package io.dokploy.backup.s3;

import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server with one user and one bucket. */
final class Seaweed implements AutoCloseable {

    static final String BUCKET = "backups";
    static final String ACCESS_KEY = "access-4711";
    static final String SECRET_KEY = "secret-key-of-the-test-4711";

    private static final int PORT = 8333;
    private static final String IDENTITIES = """
            {"identities": [{
              "name": "test",
              "credentials": [{"accessKey": "%s", "secretKey": "%s"}],
              "actions": ["Admin", "Read", "List", "Tagging", "Write"]
            }]}
            """.formatted(ACCESS_KEY, SECRET_KEY);

    private final GenericContainer<?> container = new GenericContainer<>(
                    DockerImageName.parse("chrislusf/seaweedfs:4.48"))
            .withLabel("io.dokploy.run", "test")
            .withLabel(
                    "io.dokploy.run.pid", Long.toString(ProcessHandle.current().pid()))
            .withCopyToContainer(Transferable.of(IDENTITIES), "/etc/seaweedfs/s3.json")
            .withCommand("server", "-s3", "-s3.config=/etc/seaweedfs/s3.json", "-ip.bind=0.0.0.0")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/").forPort(PORT).forStatusCodeMatching(status -> status < 500));

    private Seaweed() {}

    static Seaweed start() {
        var server = new Seaweed();
        server.container.start();
        try (S3Client client = server.client()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
        return server;
    }

    URI endpoint() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    S3Settings.Builder settings() {
        return settings(endpoint());
    }

    /** With few tries and small parts, at an address that leads to the server. */
    static S3Settings.Builder settings(URI endpoint) {
        return S3Settings.bucket(BUCKET)
                .endpoint(endpoint)
                .credentials(ACCESS_KEY, Secret.of(SECRET_KEY))
                .partSize(ByteSize.mebibytes(5))
                .parallelism(2)
                .attempts(4)
                .timeout(Duration.ofSeconds(30));
    }

    /** Asks the server without our code. */
    S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    @Override
    public void close() {
        container.stop();
    }
}
