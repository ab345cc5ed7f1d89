package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** How to get at a repository that is not public. */
public sealed interface GitCredentials {

    /**
     * User name and password, or user name and token, for http and https.
     *
     * @param username what the host expects beside a token; {@code oauth2} and {@code x-access-token} are usual; no
     *                 colon (RFC 7617)
     * @param password the password or token
     */
    record Basic(String username, Secret password) implements GitCredentials {
        public Basic {
            Objects.requireNonNull(password, "password");
            Problems.of("git credentials")
                    .require(
                            !username.isBlank()
                                    && username.chars().noneMatch(c -> c == ':' || Character.isISOControl(c)),
                            "username",
                            "must not be blank, nor hold a colon or a control character")
                    .throwIfAny();
        }
    }

    /**
     * A private key for ssh, for example a deploy key.
     *
     * @param privateKey   in OpenSSH or PEM form
     * @param passphrase   of the key, if it has one
     * @param knownHosts   host keys that are accepted, as {@code SHA256:…} fingerprints or lines of a known_hosts file;
     *                     never empty, since an unknown host key is an error
     */
    record SshKey(Secret privateKey, Optional<Secret> passphrase, List<String> knownHosts) implements GitCredentials {
        private static final Pattern HOST_KEY = Pattern.compile(
                "SHA256:[A-Za-z0-9+/]{43}=?|(?:[^\\s#]\\S*\\s+)?(?:ssh|ecdsa|sk)-\\S+\\s+[A-Za-z0-9+/]{20,}={0,3}(?:\\s.*)?");

        public SshKey {
            Objects.requireNonNull(privateKey, "privateKey");
            knownHosts = List.copyOf(knownHosts);
            var problems = Problems.of("git credentials")
                    .require(
                            !knownHosts.isEmpty(),
                            "knownHosts",
                            "must name the server's host key, as SHA256:… or as ssh-keyscan prints it");
            for (int i = 0; i < knownHosts.size(); i++) {
                problems.require(
                        HOST_KEY.matcher(knownHosts.get(i).strip()).matches(),
                        "knownHosts[" + i + "]",
                        "is neither a SHA256:… fingerprint nor a line of a known_hosts file");
            }
            problems.throwIfAny();
        }
    }

    /** A token with the user name that most hosts accept beside it. */
    static GitCredentials token(Secret token) {
        return new Basic("oauth2", token);
    }

    /** A user name with a password or token. */
    static GitCredentials basic(String username, Secret password) {
        return new Basic(username, password);
    }

    /** A private key without passphrase, for a server with one of the given host keys. */
    static GitCredentials sshKey(Secret privateKey, String... knownHosts) {
        return new SshKey(privateKey, Optional.empty(), List.of(knownHosts));
    }
}
