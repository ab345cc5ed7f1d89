package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.error.FencedException;
import io.dokploy.spi.CancelToken;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is left of a backup that was not written to its end. */
class BackupDraftTest {

    private static final byte[] ROWS = "rows".getBytes(StandardCharsets.UTF_8);

    private final TestPlace place = new TestPlace();

    @Test
    void whatFailsIsTakenBack() throws IOException {
        writeWithoutAnEnd(() -> {});
        assertThat(place.keys()).isEmpty();
    }

    /** It may have been asleep while the other one wrote the same objects, and proved them. */
    @Test
    void whoWasTakenOverFromRemovesNothing() {
        var owner = new AtomicBoolean(true);
        assertThatThrownBy(() -> writeWithoutAnEnd(() -> requireOwner(owner), draft -> {
                    owner.set(false);
                    draft.end("{}");
                }))
                .isInstanceOf(FencedException.class);
        assertThat(place.keys()).singleElement().asString().endsWith("/data.sql.zst");
    }

    @Test
    void whoWasTakenOverFromWritesNothing() {
        var owner = new AtomicBoolean(true);
        assertThatThrownBy(() -> writeWithoutAnEnd(() -> requireOwner(owner), draft -> {
                    owner.set(false);
                    draft.write("roles", "sql", stream -> stream.write(ROWS));
                }))
                .isInstanceOf(FencedException.class);
        assertThat(place.keys()).singleElement().asString().endsWith("/data.sql.zst");
    }

    private static void requireOwner(AtomicBoolean owner) {
        if (!owner.get()) {
            throw new FencedException("operation", "another program goes on with it", "Nothing is to be done.");
        }
    }

    private interface Writing {
        void to(BackupDraft draft) throws IOException;
    }

    private void writeWithoutAnEnd(Ownership ownership) throws IOException {
        writeWithoutAnEnd(ownership, draft -> {});
    }

    private void writeWithoutAnEnd(Ownership ownership, Writing more) throws IOException {
        try (var context = TestContext.create();
                var store = place.open(TestPlace.settings().toDocument(), context);
                var draft = new BackupDraft(
                        new BackupId("bak_1"),
                        "instance",
                        List.of("default", "production", "shop-db"),
                        store,
                        new PartWriter(store, new BackupKeys(List.of()), CancelToken.never(), ownership),
                        ownership)) {
            draft.write("data", "sql", stream -> stream.write(ROWS));
            more.to(draft);
        }
    }
}
