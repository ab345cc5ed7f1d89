package io.dokploy.core.git;

import io.dokploy.api.source.GitCredentials;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives name and password to the host that they are for, once, and to no other it may redirect to. */
final class HostCredentials extends CredentialsProvider {

    private final GitAddress address;
    private final Optional<GitCredentials.Basic> credentials;

    HostCredentials(GitAddress address, Optional<GitCredentials> credentials) {
        this.address = address;
        this.credentials =
                credentials.filter(GitCredentials.Basic.class::isInstance).map(GitCredentials.Basic.class::cast);
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (credentials.isEmpty() || !supports(items) || !address.isHostOf(uri)) {
            return false;
        }
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username username) {
                username.setValue(credentials.get().username());
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(credentials.get().password().reveal().toCharArray());
            }
        }
        return true;
    }
}
