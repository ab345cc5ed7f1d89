package io.dokploy.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.HostKeyException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.Secret;
import io.dokploy.core.tree.TreeLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** Git's own servers: over ssh with a deploy key, over https with a certificate of an authority of one's own. */
class GitServersIT {

    private static final String PASSWORD = "hunter2-0123456789";

    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private static GenericContainer<?> ssh;
    private static GenericContainer<?> https;
    private static String first;
    private static String second;
    private static Secret deployKey;
    private static Secret lockedKey;
    private static Secret otherKey;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        var library = new TestRepository(shared.resolve("library-work"));
        String commit = library.write("code", "library").commit("library");
        var shop = new TestRepository(shared.resolve("shop-work"));
        first = shop.write("README", "one").write("web/index.html", "index").commit("first");
        shop.git("tag", "-a", "v1", "-m", "one");
        shop.git("checkout", "-q", "-b", "release/2");
        shop.write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = ../library.git\n");
        shop.git("add", "-A");
        shop.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
        shop.git("commit", "-q", "-m", "second");
        second = shop.head();
        shop.git("checkout", "-q", "main");
        for (String name : List.of("library", "shop")) {
            TestRepository.run(
                    shared, Map.of(), List.of("git", "clone", "-q", "--bare", name + "-work", name + ".git"));
        }
        ssh = new GenericContainer<>("dokploy/git-ssh:1")
                .withCreateContainerCmdModifier(GitServersIT::mountShared)
                // Else it shuts out those who come with wrong keys as often as these tests do.
                .withCommand("sh", "-c", "echo PerSourcePenalties no >>/etc/ssh/sshd_config && exec git-ssh-start")
                .withExposedPorts(22);
        https = new GenericContainer<>("dokploy/git-https:1")
                .withCreateContainerCmdModifier(GitServersIT::mountShared)
                .withEnv("GIT_USER", "ann")
                .withEnv("GIT_PASSWORD", PASSWORD)
                .withExposedPorts(443, 80);
        ssh.start();
        https.start();
        deployKey = newKey("ed25519", "");
        lockedKey = newKey("rsa", "passphrase");
        otherKey = newKey("ed25519", "");
        inSsh("sh", "-c", "cat /root/key1.pub /root/key2.pub >/home/git/.ssh/authorized_keys");
    }

    /** Not as a file system bind of Testcontainers, which looks for an image on Docker Hub first. */
    private static void mountShared(CreateContainerCmd create) {
        create.getHostConfig().withBinds(new Bind(shared.toString(), new Volume("/srv/git"), AccessMode.ro));
    }

    @AfterAll
    static void stop() {
        ssh.stop();
        https.stop();
    }

    private static int keys;

    private static Secret newKey(String type, String passphrase) throws Exception {
        String file = "/root/key" + ++keys;
        inSsh("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file);
        return Secret.of(inSsh("cat", file));
    }

    private static String inSsh(String... command) throws IOException, InterruptedException {
        var result = ssh.execInContainer(command);
        assertThat(result.getExitCode()).as(result.getStderr()).isZero();
        return result.getStdout();
    }

    private static String hostKey(String type) throws Exception {
        return inSsh("cat", "/etc/ssh/ssh_host_" + type + "_key.pub").strip();
    }

    private static String fingerprint(String type) throws Exception {
        return inSsh("ssh-keygen", "-lf", "/etc/ssh/ssh_host_" + type + "_key.pub")
                .split(" ")[1];
    }

    private GitCase git() {
        return new GitCase(temp.resolve("cache"));
    }

    private static GitSource overSsh(String name) {
        return GitSource.of("ssh://git@127.0.0.1:" + ssh.getMappedPort(22) + "/srv/git/" + name + ".git");
    }

    private static GitSource withKey(String... knownHosts) {
        return overSsh("shop").credentials(GitCredentials.sshKey(deployKey, knownHosts));
    }

    @Test
    void overSshWithADeployKeyAndAPinnedFingerprint() throws Exception {
        var source = withKey(fingerprint("ed25519"));
        assertThat(commit(git(), source)).isEqualTo(first);
        assertThat(commit(git(), source.tag("v1"))).isEqualTo(first);
        assertThat(commit(git(), source.commit(second))).isEqualTo(second);
        assertThat(git().read(source.branch("release/2"), "lib/code")).isEqualTo("library");
        assertThat(git().read(source.subdirectory("web"), "index.html")).isEqualTo("index");
        assertThat(git().repositories().resolve(source, io.dokploy.spi.CancelToken.never()))
                .contains(first);
        String inKey = deployKey.reveal().lines().skip(2).findFirst().orElseThrow();
        assertThat(git().holds(inKey)).isFalse();
    }

    @Test
    void anyOfTheServersKeysMayBePinned() throws Exception {
        for (String type : List.of("rsa", "ecdsa", "ed25519")) {
            assertThat(git().read(withKey(fingerprint(type)), "README")).isEqualTo("one");
            assertThat(git().read(withKey("[127.0.0.1]:" + ssh.getMappedPort(22) + " " + hostKey(type)), "README"))
                    .isEqualTo("one");
            assertThat(git().read(withKey(hostKey(type)), "README")).isEqualTo("one");
        }
    }

    @Test
    void whichOfTheKeysIsPinnedIsFoundOutOnce() throws Exception {
        var git = git();
        String pin = fingerprint("rsa");
        git.checkout(withKey(pin)).close();
        long broken = connectionsBrokenOff();
        assertThat(broken).isPositive();
        git.checkout(withKey(pin)).close();
        git.checkout(withKey(pin).tag("v1")).close();
        assertThat(connectionsBrokenOff()).isEqualTo(broken);
    }

    private static long connectionsBrokenOff() {
        return ssh.getLogs().lines().filter(line -> line.endsWith("[preauth]")).count();
    }

    @Test
    void aKeyWithAPassphrase() throws Exception {
        var pins = List.of(fingerprint("ed25519"));
        assertThat(git().read(
                                overSsh("shop")
                                        .credentials(new GitCredentials.SshKey(
                                                lockedKey, Optional.of(Secret.of("passphrase")), pins)),
                                "README"))
                .isEqualTo("one");
        for (var wrong : List.of(Optional.of(Secret.of("wrong-one")), Optional.<Secret>empty())) {
            assertThatThrownBy(() -> git().checkout(
                                    overSsh("shop").credentials(new GitCredentials.SshKey(lockedKey, wrong, pins))))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("passphrase")
                    .hasMessageNotContaining("wrong-one");
        }
    }

    @Test
    void anotherHostKeyThanThePinnedOneIsRefusedAndShown() throws Exception {
        String pinned = "SHA256:" + "A".repeat(43);
        assertThatThrownBy(() -> git().checkout(withKey(pinned)))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("SHA256:")
                .hasMessageNotContaining(pinned);
        // The line of another host is no pin for this one.
        assertThatThrownBy(() -> git().checkout(withKey("git.example.com " + hostKey("ed25519"))))
                .isInstanceOf(HostKeyException.class);
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsDenied() throws Exception {
        String pin = fingerprint("ed25519");
        assertThatThrownBy(() -> git().checkout(overSsh("shop").credentials(GitCredentials.sshKey(otherKey, pin))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() ->
                        git().checkout(overSsh("shop").credentials(GitCredentials.sshKey(Secret.of("no key"), pin))))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("private key");
        assertThatThrownBy(() -> git().checkout(overSsh("shop"))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> git().checkout(overSsh("nothing").credentials(GitCredentials.sshKey(deployKey, pin))))
                .isInstanceOf(SourceNotFoundException.class);
    }

    @Test
    void theSshServerSaysWhereTheLfsFilesAre() throws Exception {
        byte[] film = "film ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (var lfs = new TestGitServer(temp).requires("lfs", "ticket")) {
            new TestRepository(shared.resolve("film-work"))
                    .write("film.bin", lfs.store(film))
                    .commit("film");
            TestRepository.run(shared, Map.of(), List.of("git", "clone", "-q", "--bare", "film-work", "film.git"));
            var source = overSsh("film").credentials(GitCredentials.sshKey(deployKey, fingerprint("ed25519")));
            assertThatThrownBy(() -> git().checkout(source))
                    .isInstanceOf(SourceNotFoundException.class)
                    .hasMessageContaining("git-lfs-authenticate");

            answerLfsAuthenticate(lfs.url("film.git/info/lfs"));
            assertThat(git().read(source, "film.bin")).startsWith("film film");
            assertThat(inSsh("cat", "/tmp/asked")).isEqualTo("/srv/git/film.git download\n");
        }
    }

    /** git-shell runs programs of this folder. */
    private static void answerLfsAuthenticate(String href) throws Exception {
        String script = "#!/bin/sh\necho \"$1 $2\" >/tmp/asked\n" + "echo '{\"href\":\"" + href
                + "\",\"header\":{\"Authorization\":\"Basic bGZzOnRpY2tldA==\"}}'\n";
        ssh.copyFileToContainer(
                org.testcontainers.images.builder.Transferable.of(script, 0755),
                "/home/git/git-shell-commands/git-lfs-authenticate");
    }

    private GitSource overHttps(String scheme, int port) {
        return GitSource.of(scheme + "://localhost:" + https.getMappedPort(port) + "/shop.git")
                .credentials(GitCredentials.basic("ann", Secret.of(PASSWORD)));
    }

    private GitCase trusting() throws Exception {
        var certificate = https.copyFileFromContainer(
                "/srv/tls/cert.pem", CertificateFactory.getInstance("X.509")::generateCertificate);
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        authorities.setCertificateEntry("own", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        var client = HttpClient.newBuilder().sslContext(tls).build();
        return new GitCase(temp.resolve("cache"), HttpSettings.of(client), TreeLimits.defaults());
    }

    @Test
    void overHttpsWithTheHostsTrust() throws Exception {
        var git = trusting();
        assertThat(git.read(overHttps("https", 443), "README")).isEqualTo("one");
        assertThat(git.read(overHttps("https", 443).branch("release/2"), "lib/code"))
                .isEqualTo("library");
        assertThat(git.holds(PASSWORD)).isFalse();
        assertThatThrownBy(() -> git().checkout(overHttps("https", 443)))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("certif");
    }

    @Test
    void overHttpAndWithAWrongPassword() {
        assertThat(git().read(overHttps("http", 80).tag("v1"), "README")).isEqualTo("one");
        assertThatThrownBy(() -> git().checkout(
                                overHttps("http", 80).credentials(GitCredentials.token(Secret.of("wrong-token")))))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageNotContaining("wrong-token");
    }

    private static String commit(GitCase git, GitSource source) {
        try (var checkout = git.checkout(source)) {
            return checkout.commit().id();
        }
    }
}
