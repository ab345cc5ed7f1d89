package io.dokploy.core;

import java.util.List;
import java.util.Optional;

/**
 * Where the store gets its keys from: a vault, an environment variable, a file. Must be thread-safe; is asked often, so
 * it should keep what it has read.
 */
public interface KeyProvider {

    /** The key that new values are encrypted with. */
    MasterKey current();

    /**
     * The key of that fingerprint, former ones too, as long as something in the store is encrypted with them.
     *
     * @param fingerprint {@link MasterKey#fingerprint()}
     */
    Optional<MasterKey> byFingerprint(String fingerprint);

    /** Always that one key. */
    static KeyProvider of(MasterKey key) {
        return of(key, List.of());
    }

    /** That key for new values; the former ones can still be read, as a rotation needs it. */
    static KeyProvider of(MasterKey current, List<MasterKey> former) {
        var formerKeys = List.copyOf(former);
        return new KeyProvider() {
            @Override
            public MasterKey current() {
                return current;
            }

            @Override
            public Optional<MasterKey> byFingerprint(String fingerprint) {
                return current.fingerprint().equals(fingerprint)
                        ? Optional.of(current)
                        : formerKeys.stream()
                                .filter(key -> key.fingerprint().equals(fingerprint))
                                .findFirst();
            }
        };
    }
}
