package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.Secret;
import io.dokploy.core.tree.TreeLimits;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials go where they belong, and only what is missing is fetched. */
class GitOverHttpTest {

    private static final String TOKEN = "ghp_0123456789abcdefghij";

    @TempDir
    Path temp;

    private TestRepository shop;
    private TestGitServer server;
    private TestGitServer foreign;
    private GitCase git;

    @BeforeEach
    void start() {
        shop = new TestRepository(temp.resolve("srv/shop"));
        shop.write("README", "one").commit("first");
        server = new TestGitServer(temp.resolve("srv"));
        foreign = new TestGitServer(temp.resolve("foreign"));
        git = new GitCase(temp.resolve("cache"));
    }

    @AfterEach
    void stop() {
        server.close();
        foreign.close();
    }

    private GitSource source() {
        return GitSource.of(server.url("shop"));
    }

    private GitSource withToken() {
        return source().credentials(GitCredentials.basic("ann", Secret.of(TOKEN)));
    }

    @Test
    void withTheTokenItIsFetchedAndTheTokenIsInNoFile() {
        server.requires("ann", TOKEN);
        assertThat(git.read(withToken(), "README")).isEqualTo("one");
        String pair = Base64.getEncoder().encodeToString(("ann:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        assertThat(git.holds("refs/remote/HEAD")).isTrue();
        assertThat(git.holds(TOKEN)).isFalse();
        assertThat(git.holds(pair)).isFalse();
    }

    @Test
    void withoutOrWithWrongCredentialsAccessIsDenied() {
        server.requires("ann", "another");
        assertThatThrownBy(() -> git.checkout(source()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(server.url("shop"));
        assertThatThrownBy(() -> git.checkout(withToken()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void aMissingRepositoryAndADeadServerAreToldApart() {
        assertThatThrownBy(() -> git.checkout(GitSource.of(server.url("nothing"))))
                .isInstanceOf(SourceNotFoundException.class);
        server.close();
        assertThatThrownBy(() -> git.checkout(source())).isInstanceOf(SourceUnavailableException.class);
    }

    @Test
    void aRedirectToAnotherHostGetsNoCredentials() {
        server.requires("ann", TOKEN).redirectsTo(foreign);
        foreign.requires("nobody", "nothing");
        assertThatThrownBy(() -> git.checkout(withToken())).isInstanceOf(AccessDeniedException.class);
        assertThat(foreign.authorizations()).isNotEmpty().containsOnly("");
    }

    @Test
    void onlyWhatIsMissingIsFetched() {
        byte[] large = new byte[4 << 20];
        new Random(1).nextBytes(large);
        shop.write("large", large).commit("large");
        git.checkout(source()).close();
        long before = server.sent();
        long packed = git.packed();
        assertThat(before).isGreaterThan(large.length);

        shop.write("README", "two").commit("small");
        assertThat(git.read(source(), "README")).isEqualTo("two");
        assertThat(server.sent() - before).isLessThan(10_000);
        assertThat(git.packed() - packed).isBetween(1L, 5_000L);

        long now = server.sent();
        git.checkout(source()).close();
        assertThat(server.sent() - now).isLessThan(2_000);
    }

    @Test
    void aForcePushedBranchIsFollowedAndWhatItWasIsStillThere() {
        String first = shop.head();
        git.checkout(source()).close();
        shop.git("checkout", "-q", "--orphan", "other");
        shop.write("README", "rewritten").commit("another history");
        shop.git("branch", "-f", "main");
        shop.git("checkout", "-q", "main");

        assertThat(git.read(source().branch("main"), "README")).isEqualTo("rewritten");
        assertThat(git.read(source().commit(first), "README")).isEqualTo("one");
        assertThat(git.repositories().isAncestor(source(), first, shop.head())).isFalse();
    }

    @Test
    void aSubmoduleWithARelativeAddressHasTheSameCredentials() {
        submodule("../library");
        server.requires("ann", TOKEN);
        try (var checkout = git.checkout(withToken())) {
            assertThat(checkout.tree().read("lib/code")).contains("library");
        }
        try (var checkout = git.checkout(withToken().withoutSubmodules())) {
            assertThat(checkout.tree().list("lib")).isEmpty();
        }
    }

    @Test
    void aSubmoduleOnAnotherHostHasNone() {
        submodule(foreign.url("library"));
        server.requires("ann", TOKEN);
        foreign.requires("nobody", "nothing");
        assertThatThrownBy(() -> git.checkout(withToken()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(foreign.url("library"));
        assertThat(foreign.authorizations()).isNotEmpty().containsOnly("");
    }

    @Test
    void whichCommitOfASubmoduleCounts() {
        submodule("../library");
        String before = git.hash(source());
        String next = new TestRepository(temp.resolve("srv/library"))
                .write("code", "library 2")
                .commit("next");
        shop.git("update-index", "--cacheinfo", "160000," + next + ",lib");
        shop.git("commit", "-q", "-m", "next library");
        assertThat(git.read(source(), "lib/code")).isEqualTo("library 2");
        assertThat(git.hash(source())).isNotEqualTo(before);
    }

    @Test
    void aSubmoduleBelowTheSubdirectoryIsThere() {
        String commit = library();
        shop.write(".gitmodules", "[submodule \"a\"]\n\tpath = web/lib\n\turl = ../library\n");
        shop.write("web/index.html", "index");
        shop.git("add", "-A");
        shop.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",web/lib");
        shop.git("commit", "-q", "-m", "library");
        assertThat(git.read(source().subdirectory("web"), "lib/code")).isEqualTo("library");
        String with = git.hash(source().subdirectory("web"));
        shop.write(".gitmodules", "").git("commit", "-q", "-a", "-m", "without address it stays empty");
        assertThat(git.hash(source().subdirectory("web"))).isNotEqualTo(with);
    }

    @Test
    void moreThanTheLimitIsNotFetched() {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        shop.write("large", large).commit("large");
        var small = new GitCase(
                temp.resolve("small"),
                HttpSettings.of(HttpClient.newHttpClient()),
                new TreeLimits(1 << 20, 2 << 20, 100));
        assertThatThrownBy(() -> small.checkout(source()))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("more than 2097152 bytes");
        assertThat(small.packed()).isZero();
        assertThat(small.files(name -> name.endsWith(".tmp"))).isEmpty();
    }

    private void submodule(String address) {
        String commit = library();
        shop.write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = " + address + "\n");
        shop.git("add", ".gitmodules");
        shop.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
        shop.git("commit", "-q", "-m", "library");
    }

    private String library() {
        return new TestRepository(temp.resolve("srv/library"))
                .write("code", "library")
                .commit("library");
    }
}
