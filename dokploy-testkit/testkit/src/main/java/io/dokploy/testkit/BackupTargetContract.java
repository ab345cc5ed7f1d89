package io.dokploy.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.spi.backup.BackupTarget.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BackupTarget} promises. Inherit it, and give the target and a place where it may write; all that the
 * tests write is below {@code contract/}, and removed.
 */
public abstract class BackupTargetContract extends BackupTargetFixture {

    private static final int LARGE = 20_000_000;
    private static final int OBJECTS = 1_200;

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(target().id()).matches("[a-z][a-z0-9-]*").isEqualTo(target().id());
        assertThat(settings().plugin()).isEqualTo(target().id());
    }

    @Test
    void goodSettingsPassWithoutAnyAccess() {
        target().check(settings());
        target().check(unreachableSettings());
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> target().check(brokenSettings()))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        error -> assertThat(error.problems()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void settingsOfANewerVersionAreRefused() {
        SettingsDocument known = settings();
        var newer = new SettingsDocument(known.plugin(), 999, known.values());
        assertThatThrownBy(() -> target().check(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("999");
    }

    @Test
    void aPlaceThatIsNotThereIsAnIoErrorThatTellsNoSecret() {
        List<String> secrets = sealed(unreachableSettings().values()).toList();
        assertThatThrownBy(() -> {
                    try (Store nowhere = target().open(unreachableSettings(), context)) {
                        write(nowhere, "key", new byte[] {1});
                    }
                })
                .isInstanceOf(IOException.class)
                .satisfies(error -> assertThat(error.getMessage()).isNotBlank())
                .satisfies(error -> assertThat(secrets).noneMatch(stackTrace(error)::contains));
    }

    @Test
    void anObjectIsReadBackAsItWasWritten() throws IOException {
        byte[] content = random(LARGE);
        try (Upload upload = store.put(folder + "large")) {
            var chunks = new Random(1);
            for (int at = 0; at < content.length; ) {
                int size = Math.min(1 + chunks.nextInt(300_000), content.length - at);
                upload.stream().write(content, at, size);
                at += size;
                upload.stream().write(content, at, Math.min(1, content.length - at));
                at += Math.min(1, content.length - at);
            }
            assertThat(upload.commit()).isEqualTo(LARGE);
        }
        assertThat(Arrays.equals(read("large"), content)).as("content").isTrue();
        assertThat(store.find(folder + "large")).get().satisfies(object -> {
            assertThat(object.key()).isEqualTo(folder + "large");
            assertThat(object.size()).isEqualTo(LARGE);
            assertThat(object.modified())
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(10)),
                            Instant.now().plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void smallAndEmptyObjectsAreObjects() throws IOException {
        try (Upload upload = store.put(folder + "small")) {
            upload.stream().write('a');
            upload.stream().flush();
            upload.stream().write("bc".getBytes(UTF_8));
            assertThat(upload.commit()).isEqualTo(3);
        }
        assertThat(write(store, folder + "empty", new byte[0])).isZero();

        assertThat(read("small")).asString(UTF_8).isEqualTo("abc");
        assertThat(read("empty")).isEmpty();
        assertThat(store.find(folder + "empty")).map(StoredObject::size).contains(0L);
    }

    @Test
    void theStreamMayBeClosedBeforeTheCommit() throws IOException {
        try (Upload upload = store.put(folder + "closed")) {
            upload.stream().write(random(LARGE));
            upload.stream().close();
            assertThat(store.find(folder + "closed")).isEmpty();
            assertThat(upload.commit()).isEqualTo(LARGE);
        }
        assertThat(keys(folder)).containsExactly(folder + "closed");
    }

    @Test
    void nothingIsSeenBeforeTheCommit() throws IOException {
        write(store, folder + "former", "former".getBytes(UTF_8));
        try (Upload upload = store.put(folder + "new");
                Upload replacing = store.put(folder + "former")) {
            upload.stream().write(random(LARGE));
            replacing.stream().write(random(LARGE));

            assertThat(store.find(folder + "new")).isEmpty();
            assertThatThrownBy(() -> read("new")).isInstanceOf(NoSuchFileException.class);
            assertThat(keys(folder)).containsExactly(folder + "former");
            assertThat(read("former")).asString(UTF_8).isEqualTo("former");
        }
    }

    @Test
    void closingWithoutCommitTakesBackAllThatWasWritten() throws IOException {
        write(store, folder + "former", "former".getBytes(UTF_8));
        for (String name : List.of("former", "deep/er/new")) {
            Upload upload = store.put(folder + name);
            upload.stream().write(random(LARGE));
            upload.close();
            upload.close();
        }
        store.put(folder + "nothing-written").close();

        assertThat(keys(folder)).containsExactly(folder + "former");
        assertThat(read("former")).asString(UTF_8).isEqualTo("former");
        assertThat(store.abortUnfinished(folder, inADay()))
                .as("what is left to remove")
                .isZero();
    }

    @Test
    void anObjectOfTheSameKeyIsReplacedAsAWhole() throws IOException {
        write(store, folder + "key", random(LARGE));
        write(store, folder + "key", "short".getBytes(UTF_8));
        assertThat(read("key")).asString(UTF_8).isEqualTo("short");
        assertThat(keys(folder)).containsExactly(folder + "key");
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() throws IOException {
        assertThatThrownBy(() -> read("missing"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
        assertThat(store.find(folder + "missing")).isEmpty();
        assertThat(keys(folder)).isEmpty();
        store.delete(folder + "missing");
    }

    @Test
    void aDeletedObjectIsGoneAndNoOther() throws IOException {
        write(store, folder + "a/one", new byte[] {1});
        write(store, folder + "a/two", new byte[] {2});
        store.delete(folder + "a/one");
        assertThat(store.find(folder + "a/one")).isEmpty();
        assertThat(keys(folder)).containsExactly(folder + "a/two");
        store.delete(folder + "a/two");
        assertThat(keys(folder)).isEmpty();
        write(store, folder + "a/one", new byte[] {3});
        assertThat(read("a/one")).containsExactly(3);
    }

    @Test
    void aReaderMayStopEarly() throws IOException {
        write(store, folder + "large", random(LARGE));
        for (int i = 0; i < 10; i++) {
            try (InputStream stream = store.get(folder + "large")) {
                assertThat(stream.readNBytes(10)).hasSize(10);
            }
        }
        assertThat(store.find(folder + "large")).isPresent();
    }

    @Test
    void objectsAreListedByTheBeginningOfTheirKeys() throws IOException {
        for (String name : List.of("b/a", "ab", "a/b", "aB/c/d", "a0")) {
            write(store, folder + name, name.getBytes(UTF_8));
        }
        assertThat(keys(folder)).containsExactly(named("a/b", "a0", "aB/c/d", "ab", "b/a"));
        assertThat(keys(folder + "a")).containsExactly(named("a/b", "a0", "aB/c/d", "ab"));
        assertThat(keys(folder + "a/")).containsExactly(named("a/b"));
        assertThat(keys(folder + "aB/c")).containsExactly(named("aB/c/d"));
        assertThat(keys(folder + "c")).isEmpty();
        assertThat(listed(folder + "aB").get(0).size()).isEqualTo("aB/c/d".length());
    }

    @Test
    void thousandsOfObjectsAreListedInOrder() throws Exception {
        List<String> names = IntStream.range(0, OBJECTS)
                .mapToObj(i -> folder + "many/" + "%05d.manifest".formatted(i))
                .toList();
        inParallel(writer -> {
            try (Store own = target().open(settings(), context)) {
                for (int i = OBJECTS - 1 - writer; i >= 0; i -= WRITERS) {
                    write(own, names.get(i), new byte[] {1, 2});
                }
            }
        });
        assertThat(keys(folder + "many/")).isEqualTo(names);
        assertThat(keys(folder + "many/000")).isEqualTo(names.subList(0, 100));
        inParallel(writer -> {
            try (Store own = target().open(settings(), context)) {
                for (int i = writer; i < OBJECTS; i += WRITERS) {
                    own.delete(names.get(i));
                }
            }
        });
        assertThat(keys(folder)).isEmpty();
    }

    @Test
    void aListenerThatFailsEndsTheListing() throws IOException {
        write(store, folder + "a", new byte[1]);
        write(store, folder + "b", new byte[1]);
        var seen = new ArrayList<String>();
        assertThatThrownBy(() -> store.list(folder, object -> {
                    seen.add(object.key());
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        assertThat(seen).containsExactly(folder + "a");
    }

    @Test
    void hostileKeysAreRefused() {
        for (String key : List.of(
                "",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/..",
                "a/../b",
                "a/./b",
                "./a",
                "~a",
                "a b",
                "a\\b",
                "..\\a",
                "a\u0000b",
                "a\nb",
                "ä",
                "a?b",
                "a%2e%2e",
                "a:b",
                "a*",
                "x".repeat(201))) {
            for (Attempt attempt : List.<Attempt>of(store::put, store::get, store::find, store::delete)) {
                assertThatThrownBy(() -> attempt.with(key))
                        .as("key <%s>", key)
                        .isInstanceOf(InvalidSpecException.class);
            }
        }
        for (String prefix : List.of("/", "../", "a/../", "a//", "~", "..", "a/.", "*")) {
            for (Attempt attempt : List.<Attempt>of(
                    hostile -> store.list(hostile, object -> {}),
                    hostile -> store.abortUnfinished(hostile, Instant.EPOCH))) {
                assertThatThrownBy(() -> attempt.with(prefix))
                        .as("prefix <%s>", prefix)
                        .isInstanceOf(InvalidSpecException.class);
            }
        }
    }

    @Test
    void onlyUnfinishedUploadsThatAreOlderAreAborted() throws IOException {
        write(store, folder + "mine/whole", random(LARGE));
        try (Upload left = store.put(folder + "mine/left");
                Upload other = store.put(folder + "others/left")) {
            left.stream().write(random(LARGE));
            other.stream().write(random(LARGE));

            Instant yesterday = Instant.now().minus(Duration.ofDays(1));
            assertThat(store.abortUnfinished(folder + "mine/", yesterday)).isZero();
            assertThat(store.abortUnfinished(folder + "nobodys/", inADay())).isZero();
            assertThat(store.abortUnfinished(folder + "mine/", inADay())).isEqualTo(1);
            assertThat(store.abortUnfinished(folder + "mine/", inADay())).isZero();

            assertThatThrownBy(left::commit).isInstanceOf(IOException.class);
            assertThat(other.commit()).isEqualTo(LARGE);
        }
        assertThat(keys(folder)).containsExactly(named("mine/whole", "others/left"));
    }

    private interface Attempt {
        void with(String key) throws IOException;
    }
}
