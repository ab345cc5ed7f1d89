package io.dokploy.backup.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.spi.backup.ObjectKey;
import io.dokploy.spi.backup.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Objects as files. */
final class LocalStore implements Store {

    private final Folder folder;
    private final Optional<Pace> pace;

    /** @param pace at which it is written to */
    LocalStore(Folder folder, Optional<Pace> pace) {
        this.folder = folder;
        this.pace = pace;
    }

    @Override
    public Upload put(String key) throws IOException {
        ObjectKey.checked(key);
        folder.ready();
        try {
            return new LocalUpload(folder, key, folder.newUnfinished(key), pace);
        } catch (IOException e) {
            throw folder.explained("The backup object " + key + " cannot be written", e);
        }
    }

    @Override
    public InputStream get(String key) throws IOException {
        Path file = folder.file(ObjectKey.checked(key));
        folder.ready();
        if (find(key).isEmpty()) {
            throw new NoSuchFileException(key);
        }
        return Files.newInputStream(file, NOFOLLOW_LINKS);
    }

    @Override
    public Optional<StoredObject> find(String key) throws IOException {
        Path file = folder.file(ObjectKey.checked(key));
        folder.ready();
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new StoredObject(
                            key,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (IOException e) {
            if (folder.isMissing(file, e)) {
                return Optional.empty();
            }
            throw folder.explained("The backup object " + key + " cannot be read", e);
        }
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> listener) throws IOException {
        ObjectKey.checkedPrefix(prefix);
        folder.ready();
        new Listing(folder.root(), Listing.PAGE).objects(prefix, listener);
    }

    @Override
    public void delete(String key) throws IOException {
        if (find(key).isPresent()) {
            Path file = folder.file(key);
            try {
                Files.deleteIfExists(file);
                folder.removeEmptyAbove(file);
            } catch (IOException e) {
                throw folder.explained("The backup object " + key + " cannot be removed", e);
            }
        }
    }

    @Override
    public int abortUnfinished(String prefix, Instant before) throws IOException {
        ObjectKey.checkedPrefix(prefix);
        folder.ready();
        int removed = 0;
        for (Path file : new Listing(folder.root(), Listing.PAGE).unfinished(prefix, before)) {
            if (Files.deleteIfExists(file)) {
                removed++;
            }
            folder.removeEmptyAbove(file);
        }
        return removed;
    }

    @Override
    public void close() {}
}
