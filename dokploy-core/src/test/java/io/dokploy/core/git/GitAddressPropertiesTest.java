package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.GitRef;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.tree.SafePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jgit.lib.Repository;

/** Whatever the text: it is refused, or it is harmless. */
class GitAddressPropertiesTest {

    @Provide
    Arbitrary<String> texts() {
        var pieces = Arbitraries.of(
                "https",
                "ssh",
                "file",
                "ext",
                "://",
                "::",
                ":",
                "/",
                "//",
                "../",
                "./",
                "..",
                ".",
                "@",
                "-",
                "--",
                "git",
                "host",
                "example.com",
                "127.0.0.1",
                "[::1]",
                ":22",
                "?",
                "#",
                " ",
                "\n",
                "\\",
                "%",
                "\u0000",
                ".git",
                ".GIT",
                "git~1",
                "~",
                "^",
                "*",
                "a",
                "ü",
                "🚀",
                ".lock",
                "@{",
                "\u202e",
                "\u200c",
                "C:",
                "x".repeat(100));
        return pieces.list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    @Property(tries = 5000)
    void aBranchNameThatIsAcceptedIsOneForGit(@ForAll("texts") String name) {
        try {
            String accepted = GitRef.branch(name).name();
            assertThat(Repository.isValidRefName("refs/heads/" + accepted)).isTrue();
            assertThat(accepted).doesNotStartWith("-");
        } catch (InvalidSpecException refused) {
            assertThat(refused).hasMessageContaining("branch");
        }
    }

    @Property(tries = 5000)
    void anAddressThatASpecAcceptsIsOneThatIsFetchedFrom(@ForAll("texts") String url) {
        try {
            GitSource.of(url);
        } catch (InvalidSpecException refused) {
            return;
        }
        var address = GitAddress.of(url);
        assertThat(Set.of("https", "http", "ssh", "file")).contains(address.scheme());
        assertThat(address.isFile()
                        || !address.host().isEmpty() && !address.host().startsWith("-"))
                .isTrue();
        assertThat(address.uri().getPass()).isNull();
    }

    @Property(tries = 5000)
    void aSubmodulesAddressIsHarmlessOrRefused(@ForAll("texts") String named, @ForAll("bases") String base) {
        try {
            var address = GitAddress.of(base).submodule(named);
            assertThat(Set.of("https", "http", "ssh")).contains(address.scheme());
            assertThat(address.host()).isNotEmpty().doesNotStartWith("-");
            assertThat(String.valueOf(address.uri().getUser())).doesNotStartWith("-");
            if (named.startsWith("../") || named.startsWith("./")) {
                assertThat(GitAddress.of(base).isHostOf(address.uri())).isTrue();
            }
        } catch (UnsafeSourceException refused) {
            assertThat(refused.getMessage().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        }
    }

    @Provide
    Arbitrary<String> bases() {
        return Arbitraries.of(List.of(
                "https://example.com/acme/shop.git",
                "ssh://git@example.com:22/acme/shop",
                "git@example.com:acme/shop.git"));
    }

    @Property(tries = 5000)
    void aSafePathStaysInside(@ForAll("texts") String path) {
        if (SafePath.problem(path).isPresent()) {
            return;
        }
        Path root = Path.of("/srv/tree");
        Path resolved = root.resolve(path);
        assertThat(resolved.normalize()).isEqualTo(resolved);
        assertThat(resolved.startsWith(root) && !resolved.equals(root)).isTrue();
        assertThat((Iterable<Path>) resolved).noneMatch(name -> name.toString().equalsIgnoreCase(".git"));
    }

    @Property
    void aPathOfOrdinaryNamesIsSafe(@ForAll("ordinary") List<String> names) {
        assertThat(SafePath.problem(String.join("/", names))).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> ordinary() {
        return Arbitraries.strings()
                .withCharRange('!', '\u24ff')
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                        && !name.matches("(?is)\\.{1,2}|[a-z]:.*|.*git.*"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
