package io.dokploy.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** An S3 server in a container, with one user and one bucket. */
final class ObjectServer implements AutoCloseable {

    static final String BUCKET = "backups";
    static final String ACCESS_KEY = "benchmark";
    static final String SECRET_KEY = "benchmark-secret";

    private static final int TRIES = 300;

    private final Path directory;
    private final int port;
    private final String container;

    ObjectServer(Path directory) throws IOException {
        this.directory = directory;
        this.port = FreePort.next();
        var users = Files.writeString(
                directory.resolve("s3.json"),
                "{\"identities\": [{\"name\": \"benchmark\", \"actions\": [\"Admin\"], \"credentials\": [{\"accessKey\": \""
                        + ACCESS_KEY + "\", \"secretKey\": \"" + SECRET_KEY + "\"}]}]}");
        this.container = Program.run(
                        directory,
                        "docker",
                        "run",
                        "--detach",
                        "--label=io.dokploy.run=benchmark",
                        "--label=io.dokploy.run.pid=" + ProcessHandle.current().pid(),
                        "--publish=127.0.0.1:" + port + ":8333",
                        "--volume=" + users + ":/s3.json:ro",
                        "chrislusf/seaweedfs:4.48",
                        "server",
                        "-s3",
                        "-s3.config=/s3.json",
                        "-ip.bind=0.0.0.0")
                .strip();
        awaitAnswer();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void awaitAnswer() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            var connection = (HttpURLConnection) endpoint().toURL().openConnection();
            try {
                connection.setConnectTimeout(1000);
                connection.setReadTimeout(1000);
                if (connection.getResponseCode() < HttpURLConnection.HTTP_INTERNAL_ERROR) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            } finally {
                connection.disconnect();
            }
            Program.run(directory, "sleep", "0.1");
        }
        throw new IOException("the S3 server at " + endpoint() + " does not answer");
    }

    @Override
    public void close() {
        Program.run(directory, "docker", "rm", "--force", "--volumes", container);
    }
}
