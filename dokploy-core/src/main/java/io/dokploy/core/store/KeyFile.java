package io.dokploy.core.store;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The key of an embedded store: a file that only its owner can read, made on the first start. */
final class KeyFile {

    private KeyFile() {}

    static KeyProvider load(Path file, boolean storeExists, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                if (storeExists) {
                    throw new WrongKeyException(
                            "key file " + file,
                            "it is missing, but the store beside it is encrypted with it",
                            "Bring it back from the backup.");
                }
                make(file, MasterKey.random(random));
            }
            return KeyProvider.of(MasterKey.ofBase64(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (InvalidSpecException e) {
            throw new WrongKeyException(
                    "key file " + file, "it does not hold a key", "Bring it back from the backup.", e);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "key file " + file, "it cannot be read or made: " + e, "Check the directory and its owner.", e);
        }
    }

    private static void make(Path file, MasterKey key) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (var out = Files.newByteChannel(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.file(draft))) {
            out.write(StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(key.reveal()) + "\n"));
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
