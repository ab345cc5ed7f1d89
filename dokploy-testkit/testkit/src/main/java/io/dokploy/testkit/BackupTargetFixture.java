package io.dokploy.testkit;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.spi.backup.BackupTarget.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link BackupTargetContract} stand on. */
abstract class BackupTargetFixture {

    static final int WRITERS = 4;

    final TestContext context = TestContext.create();
    final String folder = "contract/" + UUID.randomUUID() + "/";
    Store store;

    /** The target under test. */
    protected abstract BackupTarget target();

    /** Good settings, with a secret where the target has one. */
    protected abstract SettingsDocument settings();

    /** Good settings for a place that is not there, with as few tries as the target allows. */
    protected abstract SettingsDocument unreachableSettings();

    /** Settings with at least two mistakes. */
    protected abstract SettingsDocument brokenSettings();

    @BeforeEach
    void openStore() {
        store = target().open(settings(), context);
    }

    @AfterEach
    void cleanUp() throws IOException {
        for (StoredObject object : listed(folder)) {
            store.delete(object.key());
        }
        store.abortUnfinished(folder, inADay());
        store.close();
        context.close();
    }

    interface Work {
        void of(int writer) throws IOException;
    }

    static void inParallel(Work work) throws Exception {
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, WRITERS)
                    .<Callable<Void>>mapToObj(writer -> () -> {
                        work.of(writer);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static long write(Store store, String key, byte[] content) throws IOException {
        try (Upload upload = store.put(key)) {
            upload.stream().write(content);
            return upload.commit();
        }
    }

    final byte[] read(String name) throws IOException {
        try (InputStream stream = store.get(folder + name)) {
            return stream.readAllBytes();
        }
    }

    final List<StoredObject> listed(String prefix) throws IOException {
        var objects = new ArrayList<StoredObject>();
        store.list(prefix, objects::add);
        return objects;
    }

    final List<String> keys(String prefix) throws IOException {
        return listed(prefix).stream().map(StoredObject::key).toList();
    }

    final String[] named(String... names) {
        return Stream.of(names).map(name -> folder + name).toArray(String[]::new);
    }

    static byte[] random(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    static Instant inADay() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    static String stackTrace(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static Stream<String> sealed(Tree tree) {
        if (tree instanceof Tree.Sealed sealed) {
            return Stream.of(sealed.secret().reveal());
        }
        if (tree instanceof Tree.Branch branch) {
            return branch.entries().values().stream().flatMap(BackupTargetFixture::sealed);
        }
        return tree instanceof Tree.Items items
                ? items.values().stream().flatMap(BackupTargetFixture::sealed)
                : Stream.empty();
    }
}
