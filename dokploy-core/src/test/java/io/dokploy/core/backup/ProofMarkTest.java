package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.Verification;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A place says that a backup was proven only of what was proven. */
class ProofMarkTest {

    private static final Verification VERIFICATION = new Verification(
            Instant.parse("2026-03-10T03:00:00Z"), Duration.ofSeconds(7), "postgres:17", List.of("3 tables"));

    private final TestPlace place = new TestPlace();
    private final BackupTarget.Store store = place.open(TestPlace.settings().toDocument(), null);
    private final ProofMark marks = new ProofMark(
            store,
            new ValueJson(new TextCipher(KeyProvider.of(MasterKey.random(new SecureRandom())), new SecureRandom())));
    private final Backup backup = with("bak_01ARZ3NDEKTSV4RRFFQ69G5FAV", "abc");

    @Test
    void whatWasWrittenIsRead() throws IOException {
        assertThat(marks.read(backup)).isEmpty();
        marks.write(backup, VERIFICATION);
        assertThat(marks.read(backup)).contains(VERIFICATION);
        marks.remove(backup);
        assertThat(marks.read(backup)).isEmpty();
    }

    @Test
    void itSaysNothingOfOtherContent() throws IOException {
        marks.write(backup, VERIFICATION);
        assertThat(marks.read(with(backup.id().value(), "abd"))).isEmpty();
    }

    @Test
    void itSaysNothingOfAnotherBackup() throws IOException {
        marks.write(backup, VERIFICATION);
        assertThat(marks.read(with("bak_01ARZ3NDEKTSV4RRFFQ69G5FAW", "abc"))).isEmpty();
    }

    @Test
    void whatCannotBeReadSaysNothing() throws IOException {
        for (String content : List.of("", "{", "{}", "null", "[]", "{\"backup\":\"x\"}")) {
            store.delete("dokploy/i/p/e/db/verified.json");
            place.put("dokploy/i/p/e/db/verified.json", content.getBytes(StandardCharsets.UTF_8));
            assertThat(marks.read(backup)).as(content).isEmpty();
        }
    }

    /** Both lie in the same folder, so only what the mark says tells them apart. */
    private static Backup with(String id, String sha256) {
        var sample = SampleBackups.stored(id, VERIFICATION.time()).backup();
        return new Backup(
                sample.id(),
                sample.kind(),
                sample.instance(),
                sample.project(),
                sample.environment(),
                sample.name(),
                sample.engine(),
                sample.engineVersion(),
                sample.serverVersion(),
                sample.began(),
                sample.took(),
                List.of(new Part("data", "dokploy/i/p/e/db/data.sql", "sql", true, 100, 10, sha256)),
                sample.counts(),
                sample.countsExact(),
                sample.keyFingerprint(),
                sample.schedule(),
                Optional.empty());
    }
}
