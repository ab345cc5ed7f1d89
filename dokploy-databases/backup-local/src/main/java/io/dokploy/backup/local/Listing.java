package io.dokploy.backup.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.dokploy.spi.backup.BackupTarget.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What lies in the folder, in the order of the keys. A directory is looked at in pages: each time the next names are kept,
 * so memory does not grow with the number of its files.
 */
final class Listing {

    static final int PAGE = 32_768;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(~[A-Za-z0-9-]+)?");

    private final Path root;
    private final int page;

    Listing(Path root, int page) {
        this.root = root;
        this.page = page;
    }

    void objects(String prefix, Consumer<StoredObject> listener) throws IOException {
        visit(root, "", prefix, (file, key, attributes) -> {
            if (key.indexOf(Folder.UNFINISHED) < 0) {
                listener.accept(new StoredObject(
                        key, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
        });
    }

    /** Files that were never ended, last written to before that time. */
    List<Path> unfinished(String prefix, Instant before) throws IOException {
        var found = new ArrayList<Path>();
        visit(root, "", prefix, (file, key, attributes) -> {
            if (key.indexOf(Folder.UNFINISHED) >= 0
                    && attributes.lastModifiedTime().toInstant().isBefore(before)) {
                found.add(file);
            }
        });
        return found;
    }

    private interface Visitor {
        void file(Path file, String key, BasicFileAttributes attributes);
    }

    private void visit(Path directory, String above, String prefix, Visitor visitor) throws IOException {
        SortedSet<String> names;
        String last = "";
        do {
            names = namesAfter(last, directory, above, prefix);
            for (String name : names) {
                Path path = directory.resolve(name);
                if (name.endsWith("/")) {
                    visit(path, above + name, prefix, visitor);
                } else {
                    visitFile(path, above + name, visitor);
                }
            }
            last = names.isEmpty() ? last : names.last();
        } while (names.size() == page);
    }

    private static void visitFile(Path file, String key, Visitor visitor) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // removed meanwhile
        }
        if (attributes.isRegularFile()) {
            visitor.file(file, key, attributes);
        }
    }

    /** The next names that can lead to the prefix; those of directories end with a slash, as in the keys. */
    private SortedSet<String> namesAfter(String last, Path directory, String above, String prefix) throws IOException {
        var names = new TreeSet<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if ((names.size() == page && name.compareTo(names.last()) >= 0)
                        || !NAME.matcher(name).matches()) {
                    continue;
                }
                if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
                    name += "/";
                }
                String key = above + name;
                if (name.compareTo(last) > 0 && (key.startsWith(prefix) || prefix.startsWith(key))) {
                    names.add(name);
                    if (names.size() > page) {
                        names.pollLast();
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // The directory was removed meanwhile, with its last object.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
