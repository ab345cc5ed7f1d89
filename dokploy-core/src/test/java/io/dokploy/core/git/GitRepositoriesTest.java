package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoriesTest {

    @TempDir
    Path temp;

    private TestRepository remote;
    private GitRepositories repositories;
    private String first;

    @BeforeEach
    void aRepositoryWithOneCommit() throws IOException {
        remote = new TestRepository(temp.resolve("remote"));
        remote.write("README", "one")
                .write("web/index.html", "<h1>one</h1>")
                .write("web/deep/down/file", "x")
                .executable("bin/run", "#!/bin/sh\n")
                .link("latest", "web/index.html");
        first = remote.commit("first");
        repositories = repositories(TreeLimits.defaults());
    }

    private GitRepositories repositories(TreeLimits limits) {
        return new GitRepositories(
                temp.resolve("cache"), HttpSettings.of(java.net.http.HttpClient.newHttpClient()), limits);
    }

    private GitSource source() {
        return GitSource.of(remote.url());
    }

    private GitCheckout checkout(GitSource source) {
        return repositories.checkout(source, Optional.empty(), Progress.none(), CancelToken.never());
    }

    private GitCheckout checkout(String commit) {
        return repositories.checkout(source(), Optional.of(commit), Progress.none(), CancelToken.never());
    }

    @Test
    void theDefaultBranchIsCheckedOutWithModesAndLinks() throws IOException {
        try (var checkout = checkout(source())) {
            Path files = checkout.tree().directory();
            assertThat(checkout.commit().id()).isEqualTo(first);
            assertThat(checkout.commit().message()).isEqualTo("first");
            assertThat(checkout.commit().author()).isEqualTo("Ann");
            assertThat(checkout.tree().list("")).containsExactly("README", "bin", "latest", "web");
            assertThat(files.resolve("bin/run")).isExecutable();
            assertThat(Files.isExecutable(files.resolve("README"))).isFalse();
            assertThat(Files.readSymbolicLink(files.resolve("latest"))).hasToString("web/index.html");
            assertThat(checkout.tree().read("latest")).contains("<h1>one</h1>");
        }
    }

    @Test
    void aFurtherCommitWritesOnlyWhatChanged() throws IOException {
        Object untouched;
        Path files;
        try (var checkout = checkout(source())) {
            files = checkout.tree().directory();
            untouched = Files.getAttribute(files.resolve("README"), "unix:ino");
        }
        remote.write("web/index.html", "<h1>two</h1>")
                .delete("web/deep/down/file")
                .delete("latest");
        remote.write("latest/is", "a directory now").write("bin/run", "#!/bin/sh\nexit 1\n");
        String second = remote.commit("second");

        try (var checkout = checkout(source())) {
            assertThat(checkout.commit().id()).isEqualTo(second);
            assertThat(checkout.tree().directory()).isEqualTo(files);
            assertThat(Files.getAttribute(files.resolve("README"), "unix:ino")).isEqualTo(untouched);
            assertThat(checkout.tree().read("web/index.html")).contains("<h1>two</h1>");
            assertThat(checkout.tree().read("latest/is")).contains("a directory now");
            assertThat(checkout.tree().hasDirectory("web/deep")).isFalse();
            assertThat(files.resolve("bin/run")).isExecutable();
        }
        try (var checkout = checkout(first)) {
            assertThat(checkout.tree().read("latest")).contains("<h1>one</h1>");
            assertThat(checkout.tree().hasFile("web/deep/down/file")).isTrue();
        }
    }

    @Test
    void theSameFilesHaveTheSameHashWhateverTheCommit() throws IOException {
        String hash;
        try (var checkout = checkout(source())) {
            hash = checkout.tree().hash();
        }
        remote.commit("nothing changed");
        try (var checkout = checkout(source())) {
            assertThat(checkout.tree().hash()).isEqualTo(hash);
        }
        remote.executable("README", "one");
        remote.commit("only a mode");
        try (var checkout = checkout(source())) {
            assertThat(checkout.tree().hash()).isNotEqualTo(hash);
            assertThat(checkout.tree().directory().resolve("README")).isExecutable();
        }
    }

    @Test
    void branchTagAndExactCommit() {
        remote.git("checkout", "-q", "-b", "feature/x");
        String feature = remote.write("README", "feature").commit("feature");
        remote.git("tag", "-a", "v1", "-m", "one", first);
        remote.git("checkout", "-q", "main");

        assertThat(commitOf(source().branch("feature/x"))).isEqualTo(feature);
        assertThat(commitOf(source().tag("v1"))).isEqualTo(first);
        assertThat(commitOf(source().commit(feature))).isEqualTo(feature);
        assertThat(commitOf(source())).isEqualTo(first);
        assertThat(repositories.resolve(source().branch("feature/x"), CancelToken.never()))
                .contains(feature);
        assertThat(repositories.resolve(source().tag("v1"), CancelToken.never()))
                .contains(first);
        assertThat(repositories.isAncestor(source(), first, feature)).isTrue();
        assertThat(repositories.isAncestor(source(), feature, first)).isFalse();
    }

    private String commitOf(GitSource source) {
        try (var checkout = checkout(source)) {
            return checkout.commit().id();
        }
    }

    @Test
    void aCommitThatIsHereIsCheckedOutWithoutTheServer() throws IOException {
        checkout(source()).close();
        Files.move(temp.resolve("remote"), temp.resolve("gone"));
        try (var checkout = checkout(first)) {
            assertThat(checkout.tree().read("README")).contains("one");
        }
    }

    @Test
    void whatIsMissingIsNamedAndSoIsWhatExists() {
        remote.git("branch", "develop");
        assertThatThrownBy(() -> checkout(source().branch("devlop")))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("branch devlop")
                .hasMessageContaining("develop, main");
        assertThatThrownBy(() -> checkout(source().subdirectory("wob")))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("wob")
                .hasMessageContaining("README, bin/, latest, web/");
        assertThatThrownBy(() -> checkout("1234567890123456789012345678901234567890"))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("1234567890123456789012345678901234567890");
        assertThatThrownBy(() -> checkout(GitSource.of("file://" + temp.resolve("nothing"))))
                .isInstanceOf(SourceNotFoundException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void onlyTheSubdirectoryIsThere() {
        try (var checkout = checkout(source().subdirectory("web"))) {
            assertThat(checkout.tree().list("")).containsExactly("deep", "index.html");
        }
    }

    @Test
    void aBrokenCacheIsMadeAnew() throws IOException {
        checkout(source()).close();
        try (var files = Files.walk(temp.resolve("cache/repositories"))) {
            for (Path pack :
                    files.filter(file -> file.toString().endsWith(".pack")).toList()) {
                Files.write(pack, new byte[100]);
            }
        }
        String second = remote.write("README", "two").commit("second");
        assertThat(commitOf(source())).isEqualTo(second);
        assertThat(commitOf(source().commit(first))).isEqualTo(first);
    }

    @Test
    void whatABuildChangedInItsFilesIsWrittenAnew() throws IOException {
        try (var checkout = checkout(source())) {
            Files.writeString(checkout.tree().directory().resolve("README"), "own");
            Files.writeString(checkout.tree().directory().resolve("extra"), "extra");
        }
        try (var checkout = checkout(source())) {
            assertThat(checkout.tree().read("README")).contains("one");
            assertThat(checkout.tree().hasFile("extra")).isFalse();
        }
    }

    @Test
    void twoThatBuildAtOnceHaveFilesOfTheirOwn() {
        String second = remote.write("README", "two").commit("second");
        try (var one = checkout(first);
                var two = checkout(second)) {
            assertThat(one.tree().read("README")).contains("one");
            assertThat(two.tree().read("README")).contains("two");
        }
    }

    @Test
    void manyAtOnceOnOneCache() throws Exception {
        List<String> commits = IntStream.range(0, 6)
                .mapToObj(i -> remote.write("README", "number " + i).commit("commit " + i))
                .toList();
        var threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<String>> tasks = IntStream.range(0, 6)
                    .<Callable<String>>mapToObj(i -> () -> {
                        // Half of them as another instance on the same directory.
                        var mine = i % 2 == 0 ? repositories : repositories(TreeLimits.defaults());
                        try (var checkout = mine.checkout(
                                source(), Optional.of(commits.get(i)), Progress.none(), CancelToken.never())) {
                            return checkout.tree().read("README").orElseThrow();
                        }
                    })
                    .toList();
            List<Future<String>> results = threads.invokeAll(tasks);
            for (int i = 0; i < 6; i++) {
                assertThat(results.get(i).get()).isEqualTo("number " + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoCancelledGetsNoFiles() {
        var cancelled = new CancelToken() {
            @Override
            public boolean isCancelled() {
                return true;
            }

            @Override
            public void throwIfCancelled() {
                throw new CancelledException("test", "cancelled", "");
            }

            @Override
            public Registration onCancel(Runnable action) {
                action.run();
                return () -> {};
            }
        };
        assertThatThrownBy(() -> repositories.checkout(source(), Optional.empty(), Progress.none(), cancelled))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void manySmallFetchesAreKeptInFewPacks() throws IOException {
        for (int i = 0; i < 60; i++) {
            remote.write("README", "number " + i);
            commitOf(source().commit(remote.commit("commit " + i)));
        }
        try (var files = Files.walk(temp.resolve("cache/repositories"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".pack")).count())
                    .isLessThan(30);
        }
        assertThat(repositories.isAncestor(source(), first, remote.head())).isTrue();
    }
}
