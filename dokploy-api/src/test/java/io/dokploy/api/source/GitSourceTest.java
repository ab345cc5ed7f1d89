package io.dokploy.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a source is refused before anything asks for it. */
class GitSourceTest {

    private static final String PIN = "SHA256:" + "a".repeat(43);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/shop.git",
                "http://127.0.0.1:8080/shop",
                "https://[2001:db8::1]:8443/shop.git",
                "http://git_server/shop.git",
                "ssh://git@example.com:2222/srv/git/shop.git",
                "git@github.com:acme/shop.git",
                "file:///srv/git/shop.git",
                "https://dev.azure.com/acme/a%20b/_git/shop"
            })
    void anAddress(String url) {
        assertThat(GitSource.of(url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "/srv/git/shop.git",
                "--upload-pack=touch /tmp/x",
                "-oProxyCommand=touch@example.com:x",
                "git@-oProxyCommand=touch:x",
                "git@example.com:-x",
                "git@example.com:a\nb",
                "ext::sh -c touch% /tmp/x",
                "fd::17/foo",
                "ssh://-oProxyCommand=touch/x",
                "ssh://-l@example.com/x",
                "ssh://git@/x",
                "https:///x",
                "https://example.com",
                "https://user:password@example.com/x.git",
                "https://token@example.com/x.git",
                "https://example.com/x.git?private_token=abc",
                "https://example.com/x.git#abc",
                "file://example.com/x",
                "ftp://example.com/x.git",
                "javascript:alert(1)",
                "https://example.com/a b",
                "https://example.com/a\nb"
            })
    void noAddress(String url) {
        assertThatThrownBy(() -> GitSource.of(url)).isInstanceOf(InvalidSpecException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--upload-pack=touch /tmp/x",
                "../../x",
                "a b",
                "a\nb",
                "a\u0000b",
                "/main",
                "main/",
                "a..b",
                "a//b",
                ".hidden",
                "a/.b",
                "a.lock",
                "a@{1}",
                "@",
                "a~1",
                "a^",
                "a:b",
                "a?",
                "a*",
                "[a",
                "a\\b"
            })
    void noBranchNorTag(String name) {
        assertThatThrownBy(() -> GitRef.branch(name))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("branch");
        assertThatThrownBy(() -> GitRef.tag(name))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "feature/x-1", "release/2026.11", "größe", "🚀", "a@b", "v1.0-rc.1"})
    void aBranchOrTag(String name) {
        assertThat(GitRef.branch(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "/etc", "..", "a/../..", "a/..", ".git", "a/.GIT/hooks", "a\\b", "a\nb", "a\u0000"})
    void noSubdirectory(String path) {
        assertThatThrownBy(() -> GitSource.of("https://example.com/x").subdirectory(path))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("subdirectory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "abc123", "--all", "1234567890123456789012345678901234567890\n"})
    void noCommit(String id) {
        assertThatThrownBy(() -> GitRef.commit(id)).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> new GitSource(
                        "https://u:p@example.com/x?y",
                        GitRef.defaultBranch(),
                        java.util.Optional.of("../x"),
                        true,
                        java.util.Optional.empty(),
                        java.util.List.of()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContainingAll("3 problems", "credentials", "query", "subdirectory")
                .hasMessageNotContaining("u:p");
    }

    @Test
    void anSshKeyGoesWithAHostKey() {
        Secret key = Secret.of("key");
        assertThat(GitCredentials.sshKey(key, PIN)).isNotNull();
        assertThat(GitCredentials.sshKey(key, "[h]:22 ssh-ed25519 " + "A".repeat(68) + " comment"))
                .isNotNull();
        assertThat(GitCredentials.sshKey(key, "ssh-rsa " + "A".repeat(68) + "=="))
                .isNotNull();
        assertThatThrownBy(() -> GitCredentials.sshKey(key))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ssh-keyscan");
        assertThatThrownBy(() -> GitCredentials.sshKey(key, PIN, "MD5:aa:bb", "# comment"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContainingAll("knownHosts[1]", "knownHosts[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a\nHost: x"})
    void noUserName(String name) {
        assertThatThrownBy(() -> GitCredentials.basic(name, Secret.of("x")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("username");
    }
}
