package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.source.GitSource;
import io.dokploy.spi.CancelToken;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache whose JVM was killed in the middle is made whole by the next one. */
class GitCacheFaultTest {

    private static final int FILES = 12;

    @TempDir
    Path temp;

    private TestRepository remote;

    @BeforeEach
    void aRepositoryThatTakesAWhile() {
        remote = new TestRepository(temp.resolve("remote"));
        byte[] noise = new byte[2 << 20];
        for (int i = 0; i < FILES; i++) {
            new Random(i).nextBytes(noise);
            remote.write("noise" + i, noise);
        }
        remote.commit("noise");
    }

    /** Checks out and ends; run in a JVM of its own. */
    static final class Fetch {
        public static void main(String[] arguments) {
            new GitCase(Path.of(arguments[0]))
                    .checkout(GitSource.of(arguments[1]))
                    .close();
        }
    }

    private Process fetch() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fetch.class.getName(),
                        temp.resolve("cache").toString(),
                        remote.url()))
                .redirectErrorStream(true)
                .redirectOutput(new File(temp.toFile(), "log"))
                .start();
    }

    private void killedOnce(String what) throws Exception {
        Process jvm = fetch();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> isThere(what) || !jvm.isAlive());
            assertThat(isThere(what)).as(Files.readString(temp.resolve("log"))).isTrue();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    private boolean isThere(String what) {
        try (var files = Files.walk(temp.resolve("cache"))) {
            return files.anyMatch(
                    file -> file.toString().matches(what) && file.toFile().length() > 100_000);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It is being made.
            return false;
        }
    }

    private void healed() throws IOException {
        var git = new GitCase(temp.resolve("cache"));
        try (var checkout = git.checkout(GitSource.of(remote.url()))) {
            assertThat(checkout.tree().list("")).hasSize(FILES);
            for (int i = 0; i < FILES; i++) {
                assertThat(Files.mismatch(
                                checkout.tree().directory().resolve("noise" + i),
                                remote.directory().resolve("noise" + i)))
                        .isEqualTo(-1);
            }
        }
        assertThat(git.files(name -> name.endsWith(".tmp"))).isEmpty();
        assertThat(git.files(name -> name.endsWith(".pack"))).hasSize(1);
    }

    @Test
    void killedWhileAPackCame() throws Exception {
        killedOnce(".*/repositories/.*\\.pack\\.tmp");
        healed();
    }

    @Test
    void killedWhileFilesWereWritten() throws Exception {
        killedOnce(".*/files/noise.*");
        healed();
    }

    @Test
    void twoFetchesOfOneRepositoryAtOnceTransferItOnce() throws Exception {
        try (var server = new TestGitServer(temp)) {
            var git = new GitCase(temp.resolve("cache"));
            var source = GitSource.of(server.url("remote"));
            var both = List.of(
                    CompletableFuture.supplyAsync(() -> git.checkout(source)),
                    CompletableFuture.supplyAsync(
                            () -> new GitCase(temp.resolve("cache")).checkout(source, CancelToken.never())));
            try (var one = both.get(0).join();
                    var two = both.get(1).join()) {
                assertThat(one.tree().list(""))
                        .hasSize(FILES)
                        .isEqualTo(two.tree().list(""));
                assertThat(one.tree().directory()).isNotEqualTo(two.tree().directory());
            }
            assertThat(server.sent()).isBetween(FILES * 2L << 20, FILES * 2L + 2 << 20);
        }
    }
}
