package io.dokploy.core.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** Accepts the host keys that were pinned, by fingerprint or as known_hosts lines, and remembers the one it refused. */
final class PinnedHostKeys implements ServerKeyDatabase {

    private static final Pattern BARE_KEY = Pattern.compile("(ssh|ecdsa|sk)-\\S+ ");

    private final List<String> pins;
    private final GitAddress address;
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();

    PinnedHostKeys(List<String> pins, GitAddress address) {
        this.pins = pins;
        this.address = address;
    }

    /** The fingerprint that was shown but is not pinned. */
    Optional<String> refused() {
        return Optional.ofNullable(refused.get());
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remote, Configuration config) {
        List<PublicKey> keys = new ArrayList<>();
        for (String pin : pins) {
            if (!pin.startsWith("SHA256:")) {
                key(pin).ifPresent(keys::add);
            }
        }
        return keys;
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remote,
            PublicKey key,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        boolean pinned = pins.stream()
                .map(String::strip)
                .anyMatch(pin -> pin.startsWith("SHA256:")
                        ? pin.replaceAll("=+$", "").equals(fingerprint)
                        : key(pin).filter(known -> KeyUtils.compareKeys(known, key))
                                .isPresent());
        if (!pinned) {
            refused.set(KeyUtils.getKeyType(key) + " " + fingerprint);
        }
        return pinned;
    }

    /** The key of a known_hosts line, if the line is for this host; a line without host is for any. */
    private Optional<PublicKey> key(String line) {
        try {
            if (BARE_KEY.matcher(line).lookingAt()) {
                return resolve(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line));
            }
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
            return entry != null && entry.isHostMatch(address.host(), address.port())
                    ? resolve(entry.getKeyEntry())
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Not a key: then it matches none, and the error says which fingerprint would.
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> resolve(@Nullable AuthorizedKeyEntry entry)
            throws IOException, GeneralSecurityException {
        return entry == null
                ? Optional.empty()
                : Optional.ofNullable(entry.resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
    }
}
