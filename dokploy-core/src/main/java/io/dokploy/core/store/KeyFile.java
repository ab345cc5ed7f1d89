package io.dokploy.core.store;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The key of an embedded store: a file that only its owner can read, made on the first start. It holds one key a line.
 * The first is in use; a second one is there only while values are encrypted again. Thread-safe.
 */
final class KeyFile implements KeyProvider {

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private volatile List<MasterKey> keys;

    private KeyFile(Path file, List<MasterKey> keys) {
        this.file = file;
        this.keys = keys;
    }

    /**
     * Reads it, or makes it for a store that is not there yet.
     *
     * @throws WrongKeyException if it is missing although there is a store, holds no key, or others may read it
     */
    static KeyFile load(Path file, boolean storeExists, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                if (storeExists) {
                    throw new WrongKeyException(
                            "key file " + file,
                            "it is missing, but the store beside it is encrypted with it",
                            "Bring it back from the backup.");
                }
                write(file, List.of(MasterKey.random(random)));
            }
            requirePrivate(file);
            List<MasterKey> keys = Files.readString(file, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(MasterKey::ofBase64)
                    .toList();
            if (keys.isEmpty()) {
                throw noKey(file, null);
            }
            return new KeyFile(file, keys);
        } catch (InvalidSpecException e) {
            throw noKey(file, e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    @Override
    public MasterKey current() {
        return keys.get(0);
    }

    @Override
    public Optional<MasterKey> byFingerprint(String fingerprint) {
        return keys.stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** All keys, the one in use first. */
    List<MasterKey> all() {
        return keys;
    }

    /** Makes the file for keys that come from elsewhere. */
    static void make(Path file, List<MasterKey> keys) throws IOException {
        write(file, keys);
    }

    /** Puts a new key before the former one; goes on with a rotation that was broken off. */
    synchronized void beginRotation(SecureRandom random) {
        if (keys.size() == 1) {
            replace(List.of(MasterKey.random(random), current()));
        }
    }

    /** Forgets the former key. */
    synchronized void endRotation() {
        replace(List.of(current()));
    }

    private void replace(List<MasterKey> newKeys) {
        try {
            write(file, newKeys);
            keys = newKeys;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNERS.containsAll(permissions)) {
                throw new WrongKeyException(
                        "key file " + file,
                        "others may read or change it: its permissions are "
                                + PosixFilePermissions.toString(permissions),
                        "Find out who has read it, then chmod 600 it; rotate the key if it may be known.");
            }
        }
    }

    private static void write(Path file, List<MasterKey> keys) throws IOException {
        String text = keys.stream()
                .map(key -> Base64.getEncoder().encodeToString(key.reveal()) + "\n")
                .collect(Collectors.joining());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (var out = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.file(draft))) {
            out.write(StandardCharsets.US_ASCII.encode(text));
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static WrongKeyException noKey(Path file, @org.jspecify.annotations.Nullable Throwable cause) {
        return new WrongKeyException(
                "key file " + file, "it does not hold a key", "Bring it back from the backup.", cause);
    }

    private static StoreUnavailableException unusable(Path file, IOException cause) {
        return new StoreUnavailableException(
                "key file " + file, "it cannot be read or made: " + cause, "Check the directory and its owner.", cause);
    }
}
