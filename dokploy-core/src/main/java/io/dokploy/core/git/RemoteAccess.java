package io.dokploy.core.git;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.source.GitCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;

/**
 * How to get at one repository.
 *
 * @param emptyHome a folder that stands for the user's home where JGit wants one
 */
record RemoteAccess(
        GitAddress address,
        Optional<GitCredentials> credentials,
        HttpSettings http,
        SeenHostKeys hostKeys,
        Path emptyHome) {

    /** The same for a submodule; credentials go along to the same host only. */
    RemoteAccess submodule(GitAddress other) {
        var theirs = address.isHostOf(other.uri()) ? credentials : Optional.<GitCredentials>empty();
        return new RemoteAccess(other, theirs, http, hostKeys, emptyHome);
    }

    HttpConnections httpConnections() {
        return new HttpConnections(http, address);
    }

    CredentialsProvider credentialsProvider() {
        return new HostCredentials(address, credentials);
    }

    /** For ssh addresses, a factory of sessions, to be closed. */
    Optional<SshdSessionFactory> sshSessions(PinnedHostKeys accepted) {
        if (!address.isSsh()) {
            return Optional.empty();
        }
        var key = sshKey().orElseThrow(() -> new AccessDeniedException(
                "repository " + address.url(),
                "an ssh address needs a private key, and there is none",
                "Give one with credentials(GitCredentials.sshKey(…))."));
        return Optional.of(SshSessions.of(key, accepted, emptyHome, address));
    }

    /** Does what may need an ssh session, with the host keys that are accepted. */
    <T> T withHostKeys(Function<PinnedHostKeys, T> attempt) {
        List<String> pins = sshKey().map(GitCredentials.SshKey::knownHosts).orElse(List.of());
        return hostKeys.trying(pins, address, attempt);
    }

    int timeoutSeconds() {
        return Math.toIntExact(Math.min(http.timeout().toSeconds(), 3600));
    }

    private Optional<GitCredentials.SshKey> sshKey() {
        return credentials.filter(GitCredentials.SshKey.class::isInstance).map(GitCredentials.SshKey.class::cast);
    }
}
