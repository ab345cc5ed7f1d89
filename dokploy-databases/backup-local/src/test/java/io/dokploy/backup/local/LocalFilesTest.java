package io.dokploy.backup.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.spi.backup.Pace;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the folder looks like to those who look into it without us. */
class LocalFilesTest {

    private final TestContext context = TestContext.create();

    @TempDir
    private Path temporary;

    private Path folder;
    private Store store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("made/by/us");
        store = opened(LocalSettings.of(folder));
    }

    @AfterEach
    void close() {
        store.close();
        context.close();
    }

    @Test
    void anObjectIsAFileThatOnlyItsOwnerReads() throws IOException {
        write("shop/1/data.pgdump", "content");

        assertThat(folder.resolve("shop/1/data.pgdump")).hasContent("content");
        assertThat(mode(folder.resolve("shop/1/data.pgdump"))).isEqualTo("rw-------");
        for (Path made : List.of(folder, folder.resolve("shop"), folder.resolve("shop/1"))) {
            assertThat(mode(made)).as(made.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void aFileThatIsBeingWrittenIsNotReadableForOthersEither() throws IOException {
        try (Upload upload = store.put("shop/data")) {
            upload.stream().write(1);
            upload.stream().flush();
            assertThat(files()).singleElement().satisfies(file -> {
                assertThat(mode(file)).isEqualTo("rw-------");
                assertThat(file.getFileName().toString()).startsWith("data~");
            });
        }
        assertThat(files()).isEmpty();
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    @Test
    void nothingIsMadeBeforeTheFirstCall() {
        assertThat(folder).doesNotExist();
    }

    @Test
    void directoriesGoWithTheirLastObject() throws IOException {
        write("a/b/c", "");
        write("a/d", "");
        store.delete("a/b/c");
        assertThat(folder.resolve("a/b")).doesNotExist();
        store.delete("a/d");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void foreignFilesAndLinksAreNoObjects() throws IOException {
        write("a/own", "own");
        Files.createDirectory(folder.resolve("lost+found"));
        Files.writeString(folder.resolve("lost+found/1"), "");
        Files.writeString(folder.resolve("a/read me.txt"), "");
        Files.createSymbolicLink(folder.resolve("a/link"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(folder.resolve("a/way-out"), Path.of("/etc"));

        assertThat(keys("")).containsExactly("a/own");
        assertThat(store.find("a/link")).isEmpty();
        assertThatThrownBy(() -> store.get("a/link")).isInstanceOf(NoSuchFileException.class);
        store.delete("a/link");
        assertThat(folder.resolve("a/link")).exists();
    }

    @Test
    void nothingCanBeBelowAnObject() throws IOException {
        write("a", "object");
        assertThatThrownBy(() -> write("a/b", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a/b")
                .hasMessageContaining("is a file and no directory");
        assertThat(store.find("a/b")).isEmpty();
        store.delete("a/b");
        assertThat(keys("")).containsExactly("a");

        write("d/e", "");
        assertThatThrownBy(() -> write("d", "")).isInstanceOf(IOException.class);
        assertThat(keys("")).containsExactly("a", "d/e");
    }

    @Test
    void whatADeadProcessLeftIsRemovedByItsAge() throws IOException {
        Upload dead = store.put("shop/data");
        dead.stream().write(1);
        dead.stream().flush();
        Path left = files().get(0);
        Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(store.abortUnfinished("", Instant.parse("2025-12-31T00:00:00Z")))
                .isZero();
        assertThat(store.abortUnfinished("shop/da", Instant.parse("2026-01-02T00:00:00Z")))
                .isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
        dead.close();
    }

    @Test
    void listingInPagesFindsAllInTheOrderOfKeys() throws IOException {
        var expected = new TreeSet<String>();
        var random = new Random(5);
        for (int i = 0; i < 300; i++) {
            String name = "n" + random.nextInt(60) + List.of("", "-", ".", "_").get(random.nextInt(4));
            expected.add(random.nextBoolean() ? name + "x" : name + "/" + random.nextInt(20));
        }
        for (String key : expected) {
            write(key, "");
        }
        for (int page : new int[] {1, 2, 7, 1000}) {
            var found = new ArrayList<String>();
            new Listing(folder, page).objects("", object -> found.add(object.key()));
            assertThat(found).as("pages of %d", page).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void aShareThatIsNotMountedIsRefusedAndNotWrittenTo() throws IOException {
        Path missing = temporary.resolve("not-mounted");
        Store share = opened(LocalSettings.of(missing).mounted());
        assertThatThrownBy(() -> share.put("key"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mounted");
        assertThatThrownBy(() -> share.list("", object -> {})).hasMessageContaining("mounted");
        assertThat(missing).doesNotExist();

        Store root = opened(LocalSettings.of(Path.of("/etc")).mounted());
        assertThatThrownBy(() -> root.put("key")).hasMessageContaining("Nothing is mounted at /etc");

        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "dokploy-test-");
        try (Store mounted = opened(LocalSettings.of(memory).mounted());
                Upload upload = mounted.put("key")) {
            assertThat(upload.commit()).isZero();
            mounted.delete("key");
        } finally {
            Files.delete(memory);
        }
    }

    @Test
    void whatIsWrittenWaitsForTheLimitOfTheBandwidth() throws Exception {
        var failure = new AtomicReference<Throwable>();
        try (Store slow = opened(LocalSettings.of(folder).bandwidth(ByteSize.kibibytes(16)));
                Upload upload = slow.put("slow")) {
            var writer = new Thread(() ->
                    failure.set(catchThrowable(() -> upload.stream().write(new byte[10 << 20]))));
            writer.start();
            while (writer.isAlive() && !isPaced(writer)) {
                Thread.onSpinWait();
            }
            assertThat(writer.isAlive()).isTrue();
            writer.interrupt();
            writer.join();
        }
        assertThat(failure.get()).isInstanceOf(IOException.class);
        assertThat(keys("")).isEmpty();
    }

    private static boolean isPaced(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Pace.class.getName()));
    }

    @Test
    void settingsSurviveTheirStoredForm() {
        LocalSettings settings = LocalSettings.of(Path.of("/srv/backups"))
                .bandwidth(ByteSize.mebibytes(20))
                .mounted();
        assertThat(LocalSettings.fromDocument(settings.toDocument()))
                .isEqualTo(settings)
                .isNotEqualTo(LocalSettings.of(Path.of("/srv/backups")).mounted())
                .isNotEqualTo(LocalSettings.of(Path.of("/srv/backups")).bandwidth(ByteSize.mebibytes(20)))
                .hasToString("LocalSettings[/srv/backups, mounted, 20 MiB a second]");
        assertThatThrownBy(() -> settings.bandwidth(ByteSize.bytes(100)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("bandwidth: must be at least 16 KiB");
    }

    @Test
    void onlyAnAbsolutePathIsAFolder() {
        for (String folder : List.of("backups", "/srv/../etc", "/", "")) {
            assertThatThrownBy(() -> LocalSettings.of(Path.of(folder)))
                    .as(folder)
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("folder: must be an absolute path");
        }
    }

    private Store opened(LocalSettings settings) {
        return new LocalTarget().open(settings.toDocument(), context);
    }

    private void write(String key, String content) throws IOException {
        try (Upload upload = store.put(key)) {
            upload.stream().write(content.getBytes(UTF_8));
            upload.commit();
        }
    }

    private List<String> keys(String prefix) throws IOException {
        var keys = new ArrayList<String>();
        store.list(prefix, (StoredObject object) -> keys.add(object.key()));
        return keys;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
