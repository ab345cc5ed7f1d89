package io.dokploy.core.git;

import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;

/** One conversation with a remote repository: its refs first, then, on the same connection, what is missing here. */
final class Remote implements AutoCloseable {

    private final Transport transport;
    private final GitErrors errors;
    private final CancelToken cancel;
    private final Optional<SshdSessionFactory> ssh;
    private final CancelToken.Registration cut;
    private final FetchConnection connection;

    /** Connects and asks for the refs below {@code prefix}, or for all with an empty one. */
    static Remote open(Repository local, RemoteAccess access, String prefix, CancelToken cancel) {
        return access.withHostKeys(hostKeys -> new Remote(local, access, prefix, cancel, hostKeys));
    }

    private Remote(Repository local, RemoteAccess access, String prefix, CancelToken cancel, PinnedHostKeys hostKeys) {
        cancel.throwIfCancelled();
        GitAddress address = access.address();
        var http = access.httpConnections();
        this.cancel = cancel;
        this.errors = new GitErrors(address, hostKeys, cancel);
        this.ssh = access.sshSessions(hostKeys);
        this.cut = cancel.onCancel(() -> {
            http.cut();
            ssh.ifPresent(SshdSessionFactory::close);
        });
        Transport opened = null;
        try {
            opened = Transport.open(local, address.uri());
            opened.setTimeout(access.timeoutSeconds());
            opened.setCredentialsProvider(access.credentialsProvider());
            if (opened instanceof TransportHttp transportHttp) {
                transportHttp.setHttpConnectionFactory(http);
            } else if (opened instanceof SshTransport transportSsh) {
                ssh.ifPresent(transportSsh::setSshSessionFactory);
            }
            this.transport = opened;
            this.connection =
                    prefix.isEmpty() ? opened.openFetch() : opened.openFetch(List.of(new RefSpec(prefix)), prefix);
        } catch (NotSupportedException | TransportException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            closeSessions();
            throw errors.of(e);
        }
    }

    /** What it has, as far as it was asked for. */
    Collection<Ref> refs() {
        return connection.getRefs();
    }

    /** The ref of that name. */
    Optional<Ref> ref(String name) {
        return Optional.ofNullable(connection.getRef(name));
    }

    /** Fetches commits with all that they reach and is not here. */
    void fetch(Collection<Ref> wanted, Progress progress) {
        try {
            connection.fetch(new TransferMonitor(progress, cancel), wanted, Set.of());
        } catch (TransportException | RuntimeException e) {
            throw errors.of(e);
        }
    }

    /** A commit as something to fetch. */
    static Ref commit(ObjectId id) {
        return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id);
    }

    @Override
    public void close() {
        connection.close();
        transport.close();
        closeSessions();
    }

    private void closeSessions() {
        cut.close();
        ssh.ifPresent(SshdSessionFactory::close);
    }
}
