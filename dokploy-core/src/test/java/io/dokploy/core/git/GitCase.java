package io.dokploy.core.git;

import io.dokploy.api.source.GitSource;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A cache in a directory of the test, and looks into it. */
final class GitCase {

    private final Path cache;
    private final GitRepositories repositories;

    GitCase(Path cache) {
        this(cache, HttpSettings.of(HttpClient.newHttpClient()), TreeLimits.defaults());
    }

    GitCase(Path cache, HttpSettings http, TreeLimits limits) {
        this.cache = cache;
        this.repositories = new GitRepositories(cache, http.timeout(Duration.ofSeconds(20)), limits);
    }

    GitRepositories repositories() {
        return repositories;
    }

    GitCheckout checkout(GitSource source) {
        return checkout(source, CancelToken.never());
    }

    GitCheckout checkout(GitSource source, CancelToken cancel) {
        return repositories.checkout(source, Optional.empty(), Progress.none(), cancel);
    }

    /** The text of a file of what is checked out. */
    String read(GitSource source, String path) {
        try (var checkout = checkout(source)) {
            return checkout.tree().read(path).orElseThrow();
        }
    }

    String hash(GitSource source) {
        try (var checkout = checkout(source)) {
            return checkout.tree().hash();
        }
    }

    List<Path> files(Predicate<String> name) {
        try (var all = Files.walk(cache)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of all packs. */
    long packed() {
        return files(name -> name.endsWith(".pack")).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    /** Whether a text stands in a file below the cache, or in a file's name. */
    boolean holds(String text) {
        return files(name -> true).stream().anyMatch(file -> {
            try {
                return file.toString().contains(text)
                        || new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
