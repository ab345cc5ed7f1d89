package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.PublishedPort.Protocol;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.core.FreePort;
import io.dokploy.core.TraefikSettings;
import io.dokploy.core.traefik.TestCertificates.Pair;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Traefik that somebody else runs: we write into its folder and nowhere else, and say what it lacks. */
class ExistingTraefikIT {

    /** Its static configuration, as docs/traefik.md asks for it. */
    private static final List<String> COMPLETE = List.of(
            "--api=true",
            "--entryPoints.http.address=:80",
            "--entryPoints.https.address=:443",
            "--entryPoints.private.address=:8082",
            "--providers.file.directory=/routes",
            "--providers.file.watch=true",
            "--providers.providersThrottleDuration=100ms");

    @TempDir
    Path folder;

    private Path routes;
    private Path configuration;
    private int privatePort;
    private TestFrontDoor door;

    @BeforeEach
    void chooseAFolder() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
        configuration = Files.createDirectory(folder.resolve("static"));
        privatePort = FreePort.next();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void itServesByItsOwnNamesAndOnlyItsFolderIsWrittenTo() throws IOException {
        start(COMPLETE, UnaryOperator.identity());
        String app = door.testapp("1");
        Pair pair = TestCertificates.valid("own.localhost");
        door.serve(
                "shop",
                app,
                Domain.of("shop.localhost"),
                Domain.of("own.localhost").https(Tls.certificate(pair.chain(), pair.key())));
        assertThat(door.http("shop.localhost").get("/").body()).isEqualTo("testapp 1\n");
        assertThat(TestCertificates.pem(door.https("own.localhost").get("/").certificate()))
                .isEqualTo(pair.chain());
        assertThat(door.router().connections(List.of(door.address(app)), door.context()))
                .isPresent();
        assertThat(files(folder)).isEqualTo(new TreeSet<>(List.of("routes", "static")));
        assertThat(files(routes)).contains("certs", Names.of(door.application("shop")) + ".yml");
        assertThat(TestFrontDoor.docker(
                        "ps",
                        "--all",
                        "--format",
                        "{{.Names}}",
                        "--filter",
                        "label=io.dokploy.role=router",
                        "--filter",
                        "label=io.dokploy.instance=" + door.instance()))
                .as("no Traefik of ours")
                .isBlank();
    }

    @Test
    void theConfigurationThatTheDocumentationShowsIsEnough() throws IOException {
        String documentation = Files.readString(Path.of("../docs/traefik.md"));
        int start = documentation.indexOf("```yaml\n") + 8;
        Files.writeString(
                configuration.resolve("traefik.yml"),
                documentation.substring(start, documentation.indexOf("```", start)));
        create(
                List.of("--configFile=/static/traefik.yml"),
                settings -> settings.entryPoints("web", "websecure", "dokploy").container(container(settings)));
        door.start();
        door.serve("shop", door.testapp("1"), Domain.of("shop.localhost"));
        assertThat(door.http("shop.localhost").get("/").body()).isEqualTo("testapp 1\n");
    }

    @Test
    void withoutKnowingItsContainerItServesTooButConnectionsAreNotCounted() throws IOException {
        create(COMPLETE, settings -> settings);
        door.start();
        door.serve("shop", door.testapp("1"), Domain.of("shop.localhost"));
        assertThat(door.http("shop.localhost").get("/").status()).isEqualTo(200);
        assertThat(door.router().connections(List.of("192.0.2.1"), door.context()))
                .isEmpty();
    }

    @Test
    void missingEntryPointsAreNamedAllAtOnce() {
        List<String> others = COMPLETE.stream()
                .map(argument -> argument.replace("entryPoints.http.", "entryPoints.plain.")
                        .replace("entryPoints.https.", "entryPoints.secure."))
                .toList();
        refused(
                others,
                UnaryOperator.identity(),
                "no entry point \"http\"",
                "no entry point \"https\"",
                "docs/traefik.md");
    }

    @Test
    void anApiThatIsOffIsNamed() {
        refused(without("--api=true"), UnaryOperator.identity(), "\"api\"", "http://127.0.0.1:" + privatePort);
    }

    @Test
    void aFolderThatIsNotWatchedIsNamed() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        create(COMPLETE, settings -> settings.folder(other));
        assertThatThrownBy(door::start)
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("file provider that watches " + other);
    }

    @Test
    void withoutAFileProviderTheFolderIsNamed() {
        refused(
                COMPLETE.stream()
                        .filter(argument -> !argument.contains("providers.file"))
                        .toList(),
                UnaryOperator.identity(),
                "file provider that watches " + routes);
    }

    @Test
    void allThatIsMissingIsInOneError() {
        refused(
                without("--entryPoints.private.address=:8082"),
                settings -> settings.container("no-such-container"),
                "no container no-such-container",
                "http://127.0.0.1:" + privatePort);
    }

    @Test
    void aBrokenFileInItsFolderIsNamedAtTheStart() throws IOException {
        Files.writeString(routes.resolve("broken.yml"), "http: [\n");
        refused(COMPLETE, UnaryOperator.identity(), "broken.yml");
    }

    @Test
    void itsResolversMustBeNamedBeforeLetsEncryptIsAskedFor() {
        start(COMPLETE, UnaryOperator.identity());
        assertThatThrownBy(() ->
                        door.serve("shop", "nobody", Domain.of("shop.localhost").https(Tls.letsEncrypt())))
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("resolvers");
    }

    private static List<String> without(String argument) {
        return COMPLETE.stream().filter(other -> !other.equals(argument)).toList();
    }

    private void refused(List<String> arguments, UnaryOperator<TraefikSettings> changes, String... reasons) {
        assertThatThrownBy(() -> start(arguments, changes))
                .isInstanceOf(RouterSetupException.class)
                .message()
                .contains(reasons);
    }

    private void start(List<String> arguments, UnaryOperator<TraefikSettings> changes) {
        create(arguments, settings -> changes.apply(settings.container(container(settings))));
        door.start();
    }

    /** The container's name is derived from what the settings say, since the front door is only made with them. */
    private static String container(TraefikSettings settings) {
        return "dokploy-test-" + settings.labels().get("io.dokploy.run") + "-foreign";
    }

    private void create(List<String> arguments, UnaryOperator<TraefikSettings> changes) {
        var base = TraefikSettings.existing(routes, URI.create("http://127.0.0.1:" + privatePort))
                .entryPoints("http", "https", "private")
                .folderInTraefik("/routes")
                .switchDeadline(Duration.ofSeconds(3));
        door = new TestFrontDoor(folder, base, changes);
        door.start(
                "foreign",
                ContainerSpec.of(door.name("foreign"), TraefikSettings.DEFAULT_IMAGE)
                        .arguments(arguments)
                        .mount(new EngineMount(routes.toString(), "/routes", true))
                        .mount(new EngineMount(configuration.toString(), "/static", true))
                        .publish(new PublishedPort("127.0.0.1", door.httpPort(), 80, Protocol.TCP))
                        .publish(new PublishedPort("127.0.0.1", door.httpsPort(), 443, Protocol.TCP))
                        .publish(new PublishedPort("127.0.0.1", privatePort, 8082, Protocol.TCP)));
        door.awaitPort(door.name("foreign"), 80);
    }

    private static TreeSet<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            var names = new TreeSet<String>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }
}
