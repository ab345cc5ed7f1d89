package io.dokploy.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The script of command line tools, with a Traefik of its own. */
final class ScriptSide implements AutoCloseable {

    private final Path directory;
    private final Path routes;
    private final String owner = Long.toString(ProcessHandle.current().pid());
    private final String network = "dokploy-benchmark-" + owner;
    private final String traefik = "dokploy-benchmark-traefik-" + owner;
    private final int port;
    private @Nullable String live;

    ScriptSide(Path directory) {
        this.directory = directory;
        this.routes = directory.resolve("routes");
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
            Files.createDirectories(routes);
            resource("redeploy.sh");
            resource("traefik.yml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        docker("network", "create", "--label=io.dokploy.run=benchmark", "--label=io.dokploy.run.pid=" + owner, network);
        docker(
                "run",
                "--detach",
                "--name=" + traefik,
                "--network=" + network,
                "--label=io.dokploy.run=benchmark",
                "--label=io.dokploy.run.pid=" + owner,
                "--publish=127.0.0.1:" + port + ":80",
                "--volume=" + routes + ":/routes:ro",
                "--volume=" + directory.resolve("traefik.yml") + ":/traefik.yml:ro",
                "traefik:v3.7",
                "--configFile=/traefik.yml");
    }

    private void resource(String name) throws IOException {
        try (InputStream stream = ScriptSide.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the resource " + name + " is missing");
            }
            Files.copy(stream, directory.resolve(name));
        }
    }

    /** Deploys what the branch holds, which is that version; returns the time to its first answer. */
    Duration deploy(String url, String version) {
        var begin = System.nanoTime();
        var steps = Program.run(
                directory,
                "bash",
                directory.resolve("redeploy.sh").toString(),
                url,
                version,
                directory.toString(),
                network,
                routes.toString(),
                owner,
                Integer.toString(port));
        var took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("  script, ms: " + steps + "in all " + took.toMillis());
        retire();
        live = version;
        return took;
    }

    /** The script's clearing up; not measured. */
    private void retire() {
        if (live != null) {
            docker("rm", "--force", "dokploy-benchmark-" + live);
            docker("rmi", "--force", "dokploy-benchmark:" + live);
            Program.run(directory, "rm", "-rf", directory.resolve(live).toString());
        }
    }

    private void docker(String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Program.run(directory, command);
    }

    @Override
    public void close() {
        retire();
        docker("rm", "--force", traefik);
        docker("network", "rm", network);
    }
}
