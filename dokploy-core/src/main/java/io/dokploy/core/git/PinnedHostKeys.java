package io.dokploy.core.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** For one connection: accepts the host keys that were pinned, by fingerprint or as known_hosts lines, and remembers those it refused. */
final class PinnedHostKeys implements ServerKeyDatabase {

    private static final Pattern BARE_KEY = Pattern.compile("(ssh|ecdsa|sk)-\\S+ ");

    private final List<String> pins;
    private final GitAddress address;
    private volatile Verdict verdict = Verdict.NONE;
    private final Map<String, String> refused = new ConcurrentSkipListMap<>();

    private enum Verdict {
        NONE,
        ACCEPTED,
        REFUSED
    }

    /** Accepts {@code pins}; {@code refused} are those that were shown before. */
    PinnedHostKeys(List<String> pins, GitAddress address, Map<String, String> refused) {
        this.pins = pins;
        this.address = address;
        this.refused.putAll(refused);
    }

    /** Whether the server showed a key that is pinned. */
    boolean hasAccepted() {
        return verdict == Verdict.ACCEPTED;
    }

    /** Whether the server showed a key that is not pinned. */
    boolean hasRefused() {
        return verdict == Verdict.REFUSED;
    }

    /** The keys that were shown but are not pinned, before too: their fingerprints by their types. */
    Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /**
     * Which algorithms to ask for, as OpenSSH's {@code HostKeyAlgorithms}; empty for all. A server shows one of its keys,
     * and a fingerprint does not tell which one it is of: so those that were seen and refused are not asked for again.
     */
    String algorithms() {
        return refused.isEmpty()
                ? ""
                : refused.keySet().stream()
                        .map(type -> type.equals(KeyPairProvider.SSH_RSA) ? "ssh-rsa,rsa-sha2-*" : type)
                        .collect(Collectors.joining(",", "-", ""));
    }

    /** Whether the key of another type may be the one that is pinned. */
    boolean isPinnedByFingerprint() {
        return pins.stream().anyMatch(pin -> pin.strip().startsWith("SHA256:"));
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
        verdict = pinned ? Verdict.ACCEPTED : Verdict.REFUSED;
        if (!pinned) {
            refused.put(KeyUtils.getKeyType(key), fingerprint);
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
