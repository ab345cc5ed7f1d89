package io.dokploy.core.backup;

import io.dokploy.api.value.Secret;
import io.dokploy.backup.s3.S3Settings;
import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A SeaweedFS with an S3 port. */
public final class SeaweedServer implements AutoCloseable {

    private static final int S3_PORT = 8333;

    private final GenericContainer<?> container =
            new GenericContainer<>(DockerImageName.parse("chrislusf/seaweedfs:4.48"));

    public SeaweedServer() {
        container
                .withLabel("io.dokploy.run", "test")
                .withLabel(
                        "io.dokploy.run.pid",
                        Long.toString(ProcessHandle.current().pid()))
                .withCopyToContainer(
                        Transferable.of("{\"identities\": [{\"name\": \"test\", \"actions\": [\"Admin\"],"
                                + " \"credentials\": [{\"accessKey\": \"drill\", \"secretKey\": \"drill-secret\"}]}]}"),
                        "/etc/seaweedfs/s3.json")
                .withCommand("server", "-s3", "-s3.config=/etc/seaweedfs/s3.json", "-ip.bind=0.0.0.0")
                .withExposedPorts(S3_PORT)
                .waitingFor(Wait.forHttp("/").forPort(S3_PORT).forStatusCodeMatching(status -> status < 500))
                .start();
    }

    /** A bucket of it, which the first write makes. */
    public S3Settings bucket(String name) {
        return S3Settings.bucket(name)
                .endpoint(URI.create("http://" + container.getHost() + ":" + container.getMappedPort(S3_PORT)))
                .credentials("drill", Secret.of("drill-secret"))
                .build();
    }

    @Override
    public void close() {
        container.stop();
    }
}
