package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a manifest says of further databases. */
class FurtherDatabasesTest {

    private final Backup alone = SampleBackups.stored("bak_01ARZ3NDEKTSV4RRFFQ69G5FAV", Instant.EPOCH)
            .backup();

    @Test
    void theManifestOfAServerWithOneDatabaseIsReadAndWrittenAsBefore() {
        var text = json().write(alone);
        assertThat(text).doesNotContain("\"database\"");
        assertThat(json().read(text, Backup.class)).isEqualTo(alone);
    }

    @Test
    void theNameOfAFurtherDatabaseIsKeptWhateverItIs() {
        var backup = with("two\nlines; \"of\" 😀");
        assertThat(json().read(json().write(backup), Backup.class)).isEqualTo(backup);
    }

    @Test
    void aProofDoesNotMixUpTwoDatabasesOfOneName() {
        assertThat(DatabaseProof.firstDatabase(alone, "app")).isEqualTo("app");
        assertThat(DatabaseProof.firstDatabase(with("app"), "app")).isEqualTo("scratch_1");
        assertThat(DatabaseProof.firstDatabase(with("app"), "shop")).isEqualTo("shop");
    }

    private Backup with(String further) {
        var data = alone.parts().get(0);
        var part = new Part("database-1", data.key() + "-1", "sql", true, 100, 10, "00", Optional.of(further));
        return new Backup(
                alone.id(),
                alone.kind(),
                alone.instance(),
                alone.project(),
                alone.environment(),
                alone.name(),
                alone.engine(),
                alone.engineVersion(),
                alone.serverVersion(),
                alone.began(),
                alone.took(),
                List.of(data, part),
                alone.counts(),
                alone.countsExact(),
                alone.keyFingerprint(),
                alone.schedule(),
                alone.log());
    }

    private static ValueJson json() {
        var random = new SecureRandom();
        return new ValueJson(new TextCipher(KeyProvider.of(MasterKey.random(random)), random));
    }
}
