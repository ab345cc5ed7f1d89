package io.dokploy.core.git;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.source.GitCredentials;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** ssh with one key that stays in memory, and nothing from the user's own ~/.ssh or agent. */
final class SshSessions {

    private SshSessions() {}

    static SshdSessionFactory of(
            GitCredentials.SshKey credentials, PinnedHostKeys hostKeys, Path emptyHome, GitAddress address) {
        List<KeyPair> keys = keys(credentials, address);
        File home = emptyHome.toFile();
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(home)
                .setSshDirectory(home)
                .setConfigStoreFactory((homeDirectory, configFile, userName) -> null)
                .setConnectorFactory(null)
                .setPreferredAuthentications("publickey")
                .setDefaultIdentities(directory -> List.of())
                .setDefaultKeysProvider(directory -> keys)
                .setDefaultKnownHostsFiles(directory -> List.of())
                .setServerKeyDatabase((homeDirectory, sshDirectory) -> hostKeys)
                .build(null);
    }

    private static List<KeyPair> keys(GitCredentials.SshKey credentials, GitAddress address) {
        var passphrase = credentials
                .passphrase()
                .map(secret -> FilePasswordProvider.of(secret.reveal()))
                .orElse(FilePasswordProvider.EMPTY);
        byte[] text = (credentials.privateKey().reveal().strip() + "\n").getBytes(StandardCharsets.UTF_8);
        try (var in = new ByteArrayInputStream(text)) {
            List<KeyPair> keys = new ArrayList<>();
            var found = SecurityUtils.loadKeyPairIdentities(null, () -> "private key", in, passphrase);
            if (found != null) {
                found.forEach(keys::add);
            }
            if (!keys.isEmpty()) {
                return keys;
            }
            throw unusable(address, "it is not a private key in OpenSSH or PEM form", null);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (e instanceof AccessDeniedException denied) {
                throw denied;
            }
            throw unusable(address, "it cannot be read; its passphrase may be missing or wrong", e);
        }
    }

    private static AccessDeniedException unusable(
            GitAddress address, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new AccessDeniedException(
                "repository " + address.url(),
                "the private key is of no use: " + why,
                "Give the private key as ssh-keygen wrote it, and its passphrase if it has one.",
                cause);
    }
}
