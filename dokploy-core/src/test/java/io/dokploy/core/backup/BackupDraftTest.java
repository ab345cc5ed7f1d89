package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.core.concurrent.CancelSource;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a backup that was not written to its end. */
class BackupDraftTest {

    private static final byte[] ROWS = "rows".getBytes(StandardCharsets.UTF_8);

    private final TestPlace place = new TestPlace();
    private final CancelSource work = new CancelSource();

    @Test
    void whatFailsIsTakenBack() throws IOException {
        writeWithoutAnEnd();
        assertThat(place.keys()).isEmpty();
    }

    @Test
    void whatIsCancelledIsTakenBack() throws IOException {
        writeWithoutAnEnd(new CancelledException("operation", "somebody cancelled it", "Nothing is to be done."));
        assertThat(place.keys()).isEmpty();
    }

    /** It may have been asleep while the other one wrote the same objects, and proved them. */
    @Test
    void whoWasTakenOverFromRemovesNothing() throws IOException {
        writeWithoutAnEnd(
                new FencedException("operation", "another program goes on with it", "Nothing is to be done."));
        assertThat(place.keys()).hasSize(1);
    }

    private void writeWithoutAnEnd(DokployException... reasons) throws IOException {
        try (var context = TestContext.create();
                var store = place.open(TestPlace.settings().toDocument(), context);
                var draft = new BackupDraft(
                        new BackupId("bak_1"),
                        "instance",
                        List.of("default", "production", "shop-db"),
                        store,
                        new PartWriter(store, new BackupKeys(List.of()), work))) {
            draft.write("data", "sql", stream -> stream.write(ROWS));
            assertThat(place.keys()).hasSize(1);
            for (DokployException reason : reasons) {
                work.fire(reason.failure());
            }
        }
    }
}
