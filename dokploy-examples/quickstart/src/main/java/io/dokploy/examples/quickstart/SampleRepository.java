package io.dokploy.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A repository with a small web application, served over HTTP on loopback, that gets a commit at each call. */
final class SampleRepository implements AutoCloseable {

    private final Path directory;
    private final Git git;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SampleRepository(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            git = Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("main")
                    .call();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/shop.git/info/refs", this::advertise);
            server.createContext("/shop.git/git-upload-pack", this::upload);
            server.setExecutor(threads);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the sample repository cannot be made", e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
    }

    /** Commits a version of the application whose health check answers as given. */
    void commit(String version, int healthStatus) {
        try {
            Files.writeString(directory.resolve("Dockerfile"), resource("Dockerfile"));
            Files.writeString(
                    directory.resolve("app.py"),
                    resource("app.py")
                            .replace("@VERSION@", version)
                            .replace("@HEALTH@", Integer.toString(healthStatus)));
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("Version " + version)
                    .setAuthor(new PersonIdent("Ada", "ada@example.com"))
                    .setCommitter(new PersonIdent("Ada", "ada@example.com"))
                    .setSign(false)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the sample repository cannot be changed", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = SampleRepository.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the resource " + name + " is missing");
            }
            return new String(stream.readAllBytes());
        }
    }

    /** The first half of Git's smart HTTP: which refs there are. */
    private void advertise(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            var lines = new PacketLineOut(exchange.getResponseBody());
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            uploadPack().sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        }
    }

    /** The second half: the objects that the client lacks. */
    private void upload(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
            exchange.sendResponseHeaders(200, 0);
            InputStream request = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new java.util.zip.GZIPInputStream(exchange.getRequestBody())
                    : exchange.getRequestBody();
            uploadPack().upload(request, exchange.getResponseBody(), OutputStream.nullOutputStream());
        }
    }

    private UploadPack uploadPack() {
        var upload = new UploadPack(git.getRepository());
        upload.setBiDirectionalPipe(false);
        return upload;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        git.close();
    }
}
