package io.dokploy.core.git;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.QuotedString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the LFS files of a repository are asked for, and with what: beside an http repository with its credentials, or
 * where the ssh server says (its command {@code git-lfs-authenticate}, see git-lfs docs/api/server-discovery.md).
 *
 * @param base    without {@code /objects/batch}
 * @param headers for this host alone
 */
record LfsEndpoint(URI base, Map<String, String> headers) {

    private static final int LONGEST_ANSWER = 64 * 1024;

    static LfsEndpoint of(RemoteAccess access, CancelToken cancel) {
        return access.address().isSsh()
                ? access.withHostKeys(hostKeys -> askOverSsh(access, hostKeys, cancel))
                : besideHttp(access);
    }

    URI batch() {
        return URI.create(base.toString().replaceAll("/+$", "") + "/objects/batch");
    }

    boolean isHostOf(URI other) {
        return base.getScheme().equals(other.getScheme())
                && host(base).equals(host(other))
                && port(base) == port(other);
    }

    private static LfsEndpoint besideHttp(RemoteAccess access) {
        String url = access.address().url().replaceAll("/+$", "");
        Map<String, String> headers = new HashMap<>();
        if (access.credentials().orElse(null) instanceof GitCredentials.Basic basic) {
            byte[] pair = (basic.username() + ":" + basic.password().reveal()).getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return new LfsEndpoint(URI.create((url.endsWith(".git") ? url : url + ".git") + "/info/lfs"), headers);
    }

    private static LfsEndpoint askOverSsh(RemoteAccess access, PinnedHostKeys hostKeys, CancelToken cancel) {
        GitAddress address = access.address();
        SshdSessionFactory ssh = access.sshSessions(hostKeys).orElseThrow();
        try (var cut = cancel.onCancel(ssh::close)) {
            var session = ssh.getSession(address.uri(), null, FS.DETECTED, access.timeoutSeconds() * 1000);
            try {
                String path = address.uri().getPath();
                var command = session.exec(
                        "git-lfs-authenticate " + QuotedString.BOURNE.quote(path) + " download",
                        access.timeoutSeconds());
                return read(command, access);
            } finally {
                session.disconnect();
            }
        } catch (IOException e) {
            throw new GitErrors(address, hostKeys, cancel).of(e);
        } finally {
            ssh.close();
        }
    }

    private static LfsEndpoint read(Process command, RemoteAccess access) throws IOException {
        String subject = "repository " + access.address().url();
        command.getOutputStream().close();
        byte[] answer = command.getInputStream().readNBytes(LONGEST_ANSWER);
        try {
            if (!command.waitFor(access.timeoutSeconds(), TimeUnit.SECONDS) || command.exitValue() != 0) {
                throw new SourceNotFoundException(
                        subject,
                        "it holds LFS files, but its ssh server does not say where they are (git-lfs-authenticate)",
                        "See that LFS is on for this repository, or use its https address with a token.");
            }
            var json = JsonMapper.builder().build().readTree(answer);
            Map<String, String> headers = new HashMap<>();
            json.path("header")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString("")));
            URI href = URI.create(json.path("href").asString(""));
            if (!"https".equals(href.getScheme()) && !"http".equals(href.getScheme()) || href.getHost() == null) {
                throw new SourceUnavailableException(
                        subject, "its ssh server names no http address for LFS files", "Use its https address.");
            }
            return new LfsEndpoint(href, headers);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new SourceUnavailableException(
                    subject, "its ssh server's answer to git-lfs-authenticate cannot be read", "Try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while asking for the LFS server");
        }
    }

    private static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
