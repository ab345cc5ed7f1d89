package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.BackupKeyException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is encrypted for a key is read with that key alone, and only if nobody touched it. */
class BackupKeysTest {

    private final BackupKey key = BackupKey.generate();

    @Test
    void aKeyComesBackFromItsIdentityAndNeverPrintsIt() {
        var again = BackupKey.of(key.identity());
        assertThat(again.recipient()).isEqualTo(key.recipient()).startsWith("age1");
        assertThat(key.toString()).doesNotContain(key.identity().reveal());
        assertThatThrownBy(() -> BackupKey.of(Secret.of("AGE-SECRET-KEY-1NONSENSE")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageNotContaining("NONSENSE");
    }

    @Property(tries = 50)
    void whatIsEncryptedComesBack(@ForAll byte[] content) throws IOException {
        var keys = new BackupKeys(List.of(BackupKey.generate()));
        var sealed = seal(keys, content);
        assertThat(open(keys, sealed, keys.fingerprint().orElseThrow())).isEqualTo(content);
    }

    @Test
    void afterAChangeOfTheKeyOldBackupsAreReadWithTheFormerOne() throws IOException {
        var sealed = seal(new BackupKeys(List.of(key)), "old".getBytes(StandardCharsets.US_ASCII));
        var changed = new BackupKeys(List.of(BackupKey.generate(), key));
        assertThat(open(changed, sealed, key.recipient())).asString().isEqualTo("old");
        assertThat(changed.fingerprint()).isNotEqualTo(new BackupKeys(List.of(key)).fingerprint());
    }

    @Test
    void aMissingKeyIsNamed() {
        var keys = new BackupKeys(List.of(BackupKey.generate()));
        assertThatThrownBy(() -> open(keys, new byte[0], key.recipient()))
                .isInstanceOf(BackupKeyException.class)
                .hasMessageContaining(key.recipient());
    }

    @Test
    void aChangedByteAndAMissingEndAreFound() throws IOException {
        var keys = new BackupKeys(List.of(key));
        var sealed = seal(keys, new byte[300_000]);
        for (int place : new int[] {300, sealed.length / 2, sealed.length - 1}) {
            var changed = sealed.clone();
            changed[place] ^= 1;
            assertThatThrownBy(() -> open(keys, changed, key.recipient())).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> open(keys, Arrays.copyOf(sealed, sealed.length - 70_000), key.recipient()))
                .isInstanceOf(IOException.class);
    }

    private static byte[] seal(BackupKeys keys, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var sealed = keys.encrypt(bytes)) {
            sealed.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] open(BackupKeys keys, byte[] sealed, String fingerprint) throws IOException {
        try (var content = keys.decrypt(new ByteArrayInputStream(sealed), "backup", fingerprint)) {
            return content.readAllBytes();
        }
    }
}
