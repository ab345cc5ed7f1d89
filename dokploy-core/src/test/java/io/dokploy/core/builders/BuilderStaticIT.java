package io.dokploy.core.builders;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.builder.staticsite.StaticSettings;
import io.dokploy.builder.staticsite.StaticSiteBuilder;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.testkit.TestTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderStaticIT {

    private static final String HASHED = "/main.3f2a1b4c.js";

    @TempDir
    private Path workspaces;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestTree tree = TestTree.of("public/index.html", "<h1>home</h1>")
            .with("public/about.html", "about")
            .with("public/docs/index.html", "docs")
            .with("public/404.html", "own 404")
            .with("public" + HASHED, "x")
            .with("public/app.js", "console.log(1);".repeat(100))
            .with("public/.env", "hidden")
            .with("public/.well-known/security.txt", "contact")
            .with("server.txt", "not published");

    private BuiltImages images;

    @BeforeEach
    void connect() {
        images = new BuiltImages(workspaces);
    }

    @AfterEach
    void remove() {
        images.close();
        tree.close();
    }

    @Test
    void theSiteIsServedAndNothingElse() throws Exception {
        Files.createSymbolicLink(tree.directory().resolve("public/link.txt"), Path.of("../server.txt"));
        String site = address(serve(StaticSettings.defaults()));

        assertThat(get(site + "/").body()).isEqualTo("<h1>home</h1>");
        assertThat(get(site + "/about").body()).isEqualTo("about");
        assertThat(get(site + "/docs/").body()).isEqualTo("docs");
        assertThat(get(site + "/docs").headers().firstValue("Location")).contains("/docs/");
        assertThat(get(site + "/.well-known/security.txt").body()).isEqualTo("contact");
        for (String path : new String[] {
            "/nothing", "/.env", "/.git/config", "/link.txt", "/server.txt", "/../server.txt", "/%2e%2e/etc/passwd"
        }) {
            HttpResponse<String> answer = get(site + path);
            assertThat(answer.statusCode()).as(path).isIn(404, 400);
            assertThat(answer.body()).as(path).doesNotContain("hidden", "not published", "root:");
        }
        assertThat(get(site + "/nothing").body()).isEqualTo("own 404");
        assertThat(get(site + "/").headers().firstValue("Server")).contains("nginx");
    }

    @Test
    void cachesAndCompressionAreAsPromised() throws Exception {
        String site = address(serve(StaticSettings.defaults()));

        assertThat(get(site + "/").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(get(site + "/app.js").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(get(site + HASHED).headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(get(site + "/app.js").headers().firstValue("Content-Encoding"))
                .contains("gzip");
        String tag = get(site + "/").headers().firstValue("ETag").orElseThrow();
        assertThat(send(request(site + "/").header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void aSinglePageApplicationAnswersItsRoutes() throws Exception {
        var settings = StaticSettings.builder()
                .singlePageApplication()
                .withoutCompression()
                .port(8080)
                .build();
        String site = address(serve(settings), settings);

        assertThat(get(site + "/users/42").body()).isEqualTo("<h1>home</h1>");
        assertThat(get(site + "/users/42").statusCode()).isEqualTo(200);
        assertThat(get(site + "/old.0a1b2c3d.js").statusCode()).isEqualTo(404);
        assertThat(get(site + "/app.js").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void itStopsByItselfWhenAsked() throws Exception {
        String container = serve(StaticSettings.defaults());
        get(address(container) + "/");

        images.engine().stop(container, Duration.ofSeconds(20));

        assertThat(images.engine().inspect(container).orElseThrow().exitCode())
                .as("0 is a stop, 137 a kill")
                .contains(0);
    }

    private String serve(StaticSettings settings) {
        String container = images.start(images.build(new StaticSiteBuilder(), tree, settings, Map.of(), Map.of()));
        String address = address(container, settings);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreException(IOException.class)
                .until(() -> get(address).statusCode() == 200);
        return container;
    }

    private String address(String container) {
        return address(container, StaticSettings.defaults());
    }

    private String address(String container, StaticSettings settings) {
        ContainerInfo info = images.engine().inspect(container).orElseThrow();
        String host = info.networks().values().iterator().next().address();
        return "http://" + host + ":" + settings.toDocument().values().number("port", 0);
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(request(address));
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Accept-Encoding", "gzip");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
