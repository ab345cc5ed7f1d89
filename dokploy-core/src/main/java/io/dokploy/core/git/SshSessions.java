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
import java.util.Map;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshConstants;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

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
                .setConfigStoreFactory((homeDirectory, configFile, userName) -> new Algorithms(hostKeys.algorithms()))
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

    private static AccessDeniedException unusable(GitAddress address, String why, @Nullable Exception cause) {
        return new AccessDeniedException(
                "repository " + address.url(),
                "the private key is of no use: " + why,
                "Give the private key as ssh-keygen wrote it, and its passphrase if it has one.",
                cause);
    }

    /** In place of a configuration file: which host key algorithms are asked for, and nothing else. */
    private record Algorithms(String algorithms) implements SshConfigStore, SshConfigStore.HostConfig {
        @Override
        public HostConfig lookup(String host, int port, String user) {
            return this;
        }

        @Override
        public HostConfig lookupDefault(String host, int port, String user) {
            return this;
        }

        @Override
        public @Nullable String getValue(String key) {
            return getOptions().get(key);
        }

        @Override
        public List<String> getValues(String key) {
            return List.of();
        }

        @Override
        public Map<String, String> getOptions() {
            return algorithms.isEmpty() ? Map.of() : Map.of(SshConstants.HOST_KEY_ALGORITHMS, algorithms);
        }

        @Override
        public Map<String, List<String>> getMultiValuedOptions() {
            return Map.of();
        }
    }
}
