package io.dokploy.core.backup;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.core.BackupKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * The host's keys: the first encrypts, all decrypt. The format is that of age, which authenticates each 64 KiB as it is
 * read, and the end.
 *
 * @param keys none: nothing is encrypted
 */
public record BackupKeys(List<BackupKey> keys) {
    public BackupKeys {
        keys = List.copyOf(keys);
    }

    /** What names the key that encrypts. */
    Optional<String> fingerprint() {
        return keys.stream().findFirst().map(BackupKey::recipient);
    }

    /** Encrypts with the first key. Closing the result ends the content, and closes {@code target}. */
    OutputStream encrypt(OutputStream target) throws IOException {
        if (keys.isEmpty()) {
            return target;
        }
        try {
            var recipient = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(
                    keys.get(0).recipient());
            return Channels.newOutputStream(new StandardEncryptingChannelFactory()
                    .newEncryptingChannel(Channels.newChannel(target), List.of(recipient)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the stream cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /**
     * Decrypts with the key of that fingerprint.
     *
     * @throws BackupKeyException if the host did not give it
     */
    InputStream decrypt(InputStream source, String subject, String fingerprint) throws IOException {
        var key = requireKey(subject, fingerprint);
        try {
            var identity = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                    key.identity().reveal());
            return Channels.newInputStream(new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(source), List.of(identity)));
        } catch (GeneralSecurityException e) {
            throw new IOException("its header is damaged or of another key: " + e.getMessage(), e);
        }
    }

    /**
     * The key of that fingerprint.
     *
     * @throws BackupKeyException if the host did not give it
     */
    BackupKey requireKey(String subject, String fingerprint) {
        return keys.stream()
                .filter(candidate -> candidate.recipient().equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> new BackupKeyException(
                        subject,
                        "it is encrypted for " + fingerprint + ", and this instance has "
                                + (keys.isEmpty()
                                        ? "no backup key"
                                        : "only the keys of "
                                                + keys.stream()
                                                        .map(BackupKey::recipient)
                                                        .toList()),
                        "Give that key as well, with DokployBuilder.backupKey."));
    }
}
