package io.dokploy.core.source;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.SafePath;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes the entries of an archive one by one; knows what is skipped, and which names would be one on other systems. */
final class ArchiveEntries {

    private static final int LONGEST_TARGET = 4096;

    private final Path root;
    private final String subject;
    private final TreeWriter writer;
    private final CancelToken cancel;
    private final Map<String, String> spelling = new HashMap<>();

    ArchiveEntries(Path root, String subject, TreeWriter writer, CancelToken cancel) {
        this.root = root;
        this.subject = subject;
        this.writer = writer;
        this.cancel = cancel;
    }

    /** A directory. */
    void directory(String name) throws IOException {
        var path = path(name);
        if (path.isPresent()) {
            writer.directory(path.get());
        }
    }

    /** A file; {@code size} is what its header says, or negative. */
    void file(String name, boolean executable, long size, InputStream content) throws IOException {
        var path = path(name);
        if (path.isPresent()) {
            writer.requireFileSize(path.get(), Math.max(size, 0));
            writer.file(path.get(), executable, content);
        }
    }

    /** A symbolic link. */
    void link(String name, String target) throws IOException {
        var path = path(name);
        if (path.isPresent()) {
            writer.link(path.get(), target);
        }
    }

    /** A symbolic link whose target is its content. */
    void link(String name, InputStream target) throws IOException {
        byte[] text = target.readNBytes(LONGEST_TARGET + 1);
        if (text.length > LONGEST_TARGET) {
            throw refused(name, "is a link with an endless target");
        }
        link(name, new String(text, StandardCharsets.UTF_8));
    }

    /** Another name of a file that was unpacked before; it is copied. */
    void hardLink(String name, String target) throws IOException {
        var path = path(name);
        var original = path(target);
        if (path.isEmpty() || original.isEmpty()) {
            return;
        }
        Path file = root.resolve(original.get()).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(
                    name,
                    "is a hard link to " + SafePath.shown(target) + ", which is no file of the archive before it");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            writer.file(path.get(), Files.isExecutable(file), in);
        }
    }

    /** Anything that is neither of these. */
    UnsafeSourceException refused(String name, String why) {
        return new UnsafeSourceException(
                subject,
                "the entry \"" + SafePath.shown(name) + "\" " + why,
                "Make the archive of files, directories and links alone.");
    }

    private Optional<String> path(String name) {
        cancel.throwIfCancelled();
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        while (path.endsWith("/") && path.length() > 1) {
            path = path.substring(0, path.length() - 1);
        }
        List<String> parts = Arrays.asList(path.split("/"));
        if (path.isEmpty() || path.equals(".") || parts.get(0).equals("__MACOSX") || parts.contains(".git")) {
            return Optional.empty();
        }
        requireOneSpelling(path);
        return Optional.of(path);
    }

    /** Two names that differ in case or in how accents are composed are one file elsewhere: a trick, or a mistake. */
    private void requireOneSpelling(String path) {
        for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
            String part = end < 0 ? path : path.substring(0, end);
            String folded = Normalizer.normalize(part, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            String other = spelling.putIfAbsent(folded, part);
            if (other != null && !other.equals(part)) {
                throw refused(path, "differs only in case or accents from \"" + other + "\"");
            }
            if (end < 0) {
                return;
            }
        }
    }
}
