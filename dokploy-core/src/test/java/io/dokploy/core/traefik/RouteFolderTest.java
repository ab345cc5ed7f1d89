package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.error.TemporaryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole in the folder that Traefik watches. */
class RouteFolderTest {

    private static final int LARGE = 2_000_000;

    @TempDir
    Path directory;

    private RouteFolder folder;

    @BeforeEach
    void prepare() {
        folder = new RouteFolder(directory.resolve("watched"), directory.resolve("work"));
        folder.prepare();
    }

    @Test
    void aReaderNeverSeesHalfAFile() throws Exception {
        String[] texts = {"a".repeat(LARGE), "b".repeat(LARGE)};
        folder.write("shop", texts[0]);
        var stop = new AtomicBoolean();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reader = pool.submit(() -> {
                int reads = 0;
                for (; !stop.get(); reads++) {
                    String read = Files.readString(directory.resolve("watched/shop.yml"));
                    assertThat(read.length()).isEqualTo(LARGE);
                    assertThat(read.chars().distinct().count()).isEqualTo(1);
                }
                return reads;
            });
            for (int i = 1; i <= 30; i++) {
                folder.write("shop", texts[i % 2]);
            }
            stop.set(true);
            assertThat(reader.get()).isPositive();
        } finally {
            stop.set(true);
            pool.shutdownNow();
        }
    }

    @Test
    void nothingButTheFileIsLeft() throws IOException {
        folder.write("shop", "one");
        folder.write("shop", "two");
        assertThat(files("watched")).containsExactly("shop.yml");
        assertThat(files("work")).isEmpty();
        assertThat(folder.read("shop")).contains("two");
    }

    @Test
    void anUnchangedTextIsNotWrittenAgain() throws IOException {
        folder.write("shop", "same");
        Object file = key();
        folder.write("shop", "same");
        assertThat(key()).isEqualTo(file);
        folder.write("shop", "other");
        assertThat(key()).isNotEqualTo(file);
    }

    @Test
    void itsFilesAreForTheirOwnerOnly() throws IOException {
        folder.write("shop", "text");
        folder.writeBeside("certs", "a.key", "key");
        assertThat(permissions("watched/shop.yml")).isEqualTo("rw-------");
        assertThat(permissions("watched/certs/a.key")).isEqualTo("rw-------");
        assertThat(permissions("watched")).isEqualTo("rwx------");
    }

    @Test
    void aWriteThatFailsLeavesTheFormerFileAndNoOther() throws IOException {
        folder.write("shop", "former");
        Files.createDirectories(directory.resolve("watched/blog.yml/in-the-way"));
        assertThatThrownBy(() -> folder.write("blog", "text")).isInstanceOf(TemporaryException.class);
        assertThat(files("work")).isEmpty();
        assertThat(folder.read("shop")).contains("former");
    }

    @Test
    void aFolderThatCannotBeMadeIsATypedErrorThatNamesIt() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        var inAFile = new RouteFolder(directory.resolve("file/watched"), directory.resolve("work"));
        assertThatThrownBy(inAFile::prepare)
                .isInstanceOf(RouterSetupException.class)
                .hasMessageContaining("file/watched");
    }

    @Test
    void oneAtATimeHasTheLockOfAName() throws Exception {
        int threads = 4;
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    go.await();
                    for (int round = 0; round < 50; round++) {
                        folder.locked("shop", () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            return inside.decrementAndGet();
                        });
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(most).hasValue(1);
    }

    private Object key() throws IOException {
        return Files.readAttributes(
                        directory.resolve("watched/shop.yml"), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(path)));
    }

    private List<String> files(String sub) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(sub))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }
}
