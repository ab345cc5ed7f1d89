package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.Secret;
import io.dokploy.core.git.TestGitServer.Lfs;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An LFS file is there or there is an error; never its pointer. */
class LfsTest {

    private static final String POINTER = "git-lfs.github.com/spec";

    @TempDir
    Path temp;

    private final byte[] film = new byte[300_000];
    private TestRepository shop;
    private TestGitServer server;
    private TestGitServer storage;
    private GitCase git;

    @BeforeEach
    void start() {
        new Random(7).nextBytes(film);
        shop = new TestRepository(temp.resolve("srv/shop"));
        server = new TestGitServer(temp.resolve("srv"));
        storage = new TestGitServer(temp.resolve("nothing"));
        shop.write("README", "text").write("film.bin", server.store(film)).write("copy.bin", server.store(film));
        shop.commit("film");
        git = new GitCase(temp.resolve("cache"));
    }

    @AfterEach
    void stop() {
        server.close();
        storage.close();
    }

    private GitSource source() {
        return GitSource.of(server.url("shop"));
    }

    @Test
    void theFileIsThere() throws IOException {
        try (var checkout = git.checkout(source())) {
            assertThat(checkout.tree().directory().resolve("film.bin")).hasBinaryContent(film);
            assertThat(checkout.tree().directory().resolve("copy.bin")).hasBinaryContent(film);
        }
    }

    @Test
    void anotherContentIsAnotherHash() {
        String before = git.hash(source());
        shop.write("film.bin", server.store("short film".repeat(20).getBytes())).commit("another film");
        assertThat(git.hash(source())).isNotEqualTo(before);
        assertThat(git.read(source(), "film.bin")).startsWith("short film");
    }

    @Test
    void theRepositorysCredentialsGoToItsOwnHostAlone() {
        server.requires("ann", "token").storesFilesAt(storage);
        storage.store(film);
        var credentials = GitCredentials.basic("ann", Secret.of("token"));
        try (var checkout = git.checkout(source().credentials(credentials))) {
            assertThat(checkout.tree().directory().resolve("film.bin")).hasBinaryContent(film);
        }
        assertThat(storage.authorizations()).isNotEmpty().containsOnly("");
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_CONTENT, UnsafeSource, SHA-256",
        "TOO_LONG, UnsafeSource, more than the 300000 bytes",
        "ENDS_EARLY, SourceUnavailable, broke off",
        "FAILS, SourceUnavailable, 500",
        "REFUSES, AccessDenied, 403",
        "NOT_JSON, SourceUnavailable, JSON",
        "STRANGE_ADDRESS, SourceUnavailable, no http address",
        "STRANGE_HEADER, SourceUnavailable, header",
        "FORGETS, SourceUnavailable, 0 of 2"
    })
    void whatTheServerDoesWrongIsATypedErrorAndNoPointerIsLeft(Lfs behaviour, String type, String reason)
            throws IOException {
        server.lfs(behaviour);
        assertThatThrownBy(() -> git.checkout(source()))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type + "Exception"));
        noPointers();

        server.lfs(Lfs.GOOD);
        try (var checkout = git.checkout(source())) {
            assertThat(checkout.tree().directory().resolve("film.bin")).hasBinaryContent(film);
        }
    }

    @Test
    void aServerThatFallsSilentEndsInAnError() throws IOException {
        server.lfs(Lfs.STALLS);
        var hasty = new GitRepositories(
                temp.resolve("cache"),
                HttpSettings.of(HttpClient.newHttpClient()).timeout(Duration.ofSeconds(1)),
                TreeLimits.defaults());
        assertThatThrownBy(() -> hasty.checkout(source(), Optional.empty(), Progress.none(), CancelToken.never()))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("nothing came for 1 s");
        noPointers();
    }

    @Test
    void aFileThatWasNeverPushedIsNamed() {
        shop.write("lost.bin", storage.store(new byte[1000])).commit("lost");
        assertThatThrownBy(() -> git.checkout(source()))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("lost.bin");
    }

    @Test
    void aFileAboveTheLimitIsNotFetched() {
        var small = new GitCase(
                temp.resolve("small"),
                HttpSettings.of(HttpClient.newHttpClient()),
                new TreeLimits(100_000, 1_000_000, 100));
        assertThatThrownBy(() -> small.checkout(source()))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("copy.bin");
    }

    @Test
    void fromARepositoryOfThisMachineToo() throws IOException {
        var file = GitSource.of("file://" + temp.resolve("srv/shop"));
        assertThatThrownBy(() -> git.checkout(file))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("copy.bin");
        String oid =
                server.store(film).lines().skip(1).findFirst().orElseThrow().substring("oid sha256:".length());
        Path stored = temp.resolve("srv/shop/.git/lfs/objects")
                .resolve(oid.substring(0, 2))
                .resolve(oid.substring(2, 4))
                .resolve(oid);
        Files.createDirectories(stored.getParent());
        Files.write(stored, film);
        try (var checkout = git.checkout(file)) {
            assertThat(checkout.tree().directory().resolve("film.bin")).hasBinaryContent(film);
        }
    }

    @Test
    void accessToTheFilesMayBeDenied() {
        server.lfs(Lfs.REFUSES);
        assertThatThrownBy(() -> git.checkout(source())).isInstanceOf(AccessDeniedException.class);
    }

    private void noPointers() throws IOException {
        for (Path file : git.files(name -> name.endsWith(".bin"))) {
            assertThat(Files.readAllBytes(file)).asString().doesNotContain(POINTER);
        }
    }
}
