package io.dokploy.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.error.CancelledException;
import io.dokploy.core.local.LocalProcessesTest.TestToken;
import io.dokploy.spi.CacheFolder;
import io.dokploy.spi.CancelToken;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCachesTest {

    @TempDir
    Path root;

    private LocalCaches caches() {
        return new LocalCaches(root);
    }

    @Test
    void a_folder_is_kept_between_calls() throws Exception {
        var caches = caches();
        try (var folder = caches.open("git", CancelToken.never())) {
            Files.writeString(folder.directory().resolve("file"), "kept");
        }
        try (var folder = caches.open("git", CancelToken.never())) {
            assertThat(folder.directory().resolve("file")).hasContent("kept");
        }
    }

    @Test
    void one_has_it_at_a_time() {
        var caches = caches();
        var first = caches.open("git", CancelToken.never());
        CompletableFuture<CacheFolder> second =
                CompletableFuture.supplyAsync(() -> caches.open("git", CancelToken.never()));
        try (var other = caches.open("another", CancelToken.never())) {
            assertThat(other.directory()).isNotEqualTo(first.directory());
            assertThat(second).isNotDone();
        }
        first.close();
        second.join().close();
    }

    @Test
    void a_lock_of_another_program_is_waited_for() throws Exception {
        var caches = caches();
        CompletableFuture<CacheFolder> waiting;
        try (var channel = FileChannel.open(
                        root.resolve("git.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            waiting = CompletableFuture.supplyAsync(() -> caches.open("git", CancelToken.never()));
            await().until(() -> Files.exists(root.resolve("git")));
            assertThat(waiting).isNotDone();
        }
        waiting.join().close();
    }

    @Test
    void waiting_ends_with_the_token() {
        var caches = caches();
        var token = new TestToken();
        try (var first = caches.open("git", CancelToken.never())) {
            var second = CompletableFuture.supplyAsync(() -> caches.open("git", token));
            token.cancel();
            assertThatThrownBy(second::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CancelledException.class);
        }
        caches.open("git", CancelToken.never()).close();
    }

    @Test
    void any_name_is_a_folder_directly_below_the_root() {
        var caches = caches();
        for (String name : new String[] {"../x", "https://host/a b.git", "Ünï", "A", "a", "", ".", "x".repeat(300)}) {
            try (var folder = caches.open(name, CancelToken.never())) {
                assertThat(folder.directory().normalize().getParent()).isEqualTo(root);
            }
        }
        try (var one = caches.open("a/b", CancelToken.never());
                var two = caches.open("a:b", CancelToken.never())) {
            assertThat(one.directory()).isNotEqualTo(two.directory());
        }
    }
}
