package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An engine's own client in no network of ours: it comes by the published port, with a certificate to trust in a file. */
final class OutsideClient {

    private static final String AUTHORITIES = "/tmp/authorities.pem";

    private final String image;
    private final String passwordVariable;
    private final Path directory;

    OutsideClient(String image, String passwordVariable, Path directory) {
        this.image = image;
        this.passwordVariable = passwordVariable;
        this.directory = directory;
    }

    /** Runs a client of PostgreSQL with the URL that was told. @return all that it prints */
    String psql(DatabaseConnection connection, String authorities, String statement) {
        var url = connection.url().reveal() + "&sslrootcert=" + AUTHORITIES;
        return run(connection, authorities, List.of("psql", "-X", "-A", "-t", "-c", statement, url));
    }

    /** Runs that program, in which {@code AUTHORITIES} stands for the file. @return all that it prints */
    String run(DatabaseConnection connection, String authorities, List<String> command) {
        var name = "outside-" + UUID.randomUUID();
        var arguments = new ArrayList<>(List.of(
                "create",
                "--name",
                name,
                "--network",
                "host",
                "--env",
                passwordVariable + "=" + connection.password().reveal(),
                "--entrypoint",
                command.get(0),
                image));
        command.stream()
                .skip(1)
                .map(each -> each.replace("AUTHORITIES", AUTHORITIES))
                .forEach(arguments::add);
        try {
            var file = Files.writeString(Files.createTempFile(directory, "authorities", ".pem"), authorities);
            DockerCli.run(arguments.toArray(String[]::new));
            DockerCli.run("cp", file.toString(), name + ":" + AUTHORITIES);
            return DockerCli.run("start", "--attach", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DockerCli.run("rm", "--force", "--volumes", name);
        }
    }
}
