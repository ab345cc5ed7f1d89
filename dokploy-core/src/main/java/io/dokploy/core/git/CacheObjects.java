package io.dokploy.core.git;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.jspecify.annotations.Nullable;

/**
 * Packs in a folder. A pack is there when its index is, and the index is renamed into place last; so a process that is
 * killed leaves nothing half. The folder is held by one {@link FolderLock} at a time.
 */
final class CacheObjects extends DfsObjDatabase {

    private static final String UNFINISHED = ".tmp";
    private static final int CHECKSUM = 20;

    private final Path folder;
    private final long mostPackBytes;

    CacheObjects(CacheRepository repository, Path folder, long mostPackBytes) {
        // A file above this is streamed instead of held in memory.
        super(repository, new DfsReaderOptions().setStreamFileThreshold(8 * DfsReaderOptions.MiB));
        this.folder = folder;
        this.mostPackBytes = mostPackBytes;
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        // Unique for ever: JGit's block cache is shared by the whole JVM and knows files by this name.
        return new DfsPackDescription(
                getRepository().getDescription(), "pack-" + UUID.randomUUID() + "-" + source.name(), source);
    }

    @Override
    protected List<DfsPackDescription> listPacks() throws IOException {
        List<DfsPackDescription> packs = new ArrayList<>();
        try (var indexes = Files.newDirectoryStream(folder, "pack-*." + PackExt.INDEX.getExtension())) {
            for (Path index : indexes) {
                String file = index.getFileName().toString();
                packs.add(describe(file.substring(0, file.lastIndexOf('.'))));
            }
        }
        return packs;
    }

    private DfsPackDescription describe(String name) throws IOException {
        var source = PackSource.valueOf(name.substring(name.lastIndexOf('-') + 1));
        var pack = new DfsPackDescription(getRepository().getDescription(), name, source);
        for (PackExt ext : List.of(PackExt.PACK, PackExt.INDEX)) {
            Path file = folder.resolve(pack.getFileName(ext));
            pack.addFileExt(ext);
            pack.setFileSize(ext, Files.size(file));
            pack.setLastModified(Files.getLastModifiedTime(file).toMillis());
        }
        return pack;
    }

    @Override
    protected void commitPackImpl(
            Collection<DfsPackDescription> packs, @Nullable Collection<DfsPackDescription> replaced)
            throws IOException {
        for (DfsPackDescription pack : packs) {
            for (PackExt ext : List.of(PackExt.PACK, PackExt.INDEX)) {
                Path file = folder.resolve(pack.getFileName(ext));
                Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        if (replaced != null) {
            delete(replaced);
        }
        clearCache();
    }

    @Override
    public long getApproximateObjectCount() {
        return -1;
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        for (DfsPackDescription pack : packs) {
            for (PackExt ext : List.of(PackExt.PACK, PackExt.INDEX)) {
                try {
                    Files.deleteIfExists(unfinished(folder.resolve(pack.getFileName(ext))));
                } catch (IOException e) {
                    // Names that end in .tmp are nobody's: sweep() takes them away at the next time.
                }
            }
        }
    }

    /** Takes away what a killed process left. */
    void sweep() throws IOException {
        try (var leftovers = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    /** Refuses packs that do not end as their index says: cut off, or not theirs. Damage further in shows when it is read. */
    void requireWhole() throws IOException {
        for (DfsPackDescription pack : listPacks()) {
            byte[] pinned = tail(folder.resolve(pack.getFileName(PackExt.INDEX)), 2 * CHECKSUM);
            byte[] found = tail(folder.resolve(pack.getFileName(PackExt.PACK)), CHECKSUM);
            if (pinned.length < CHECKSUM || !Arrays.equals(pinned, 0, CHECKSUM, found, 0, found.length)) {
                throw new IOException(pack + " is not whole");
            }
        }
    }

    private static byte[] tail(Path file, int length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(length);
            channel.position(Math.max(0, channel.size() - length));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until full
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    private void delete(Collection<DfsPackDescription> packs) throws IOException {
        for (DfsPackDescription pack : packs) {
            Files.deleteIfExists(folder.resolve(pack.getFileName(PackExt.INDEX)));
            Files.deleteIfExists(folder.resolve(pack.getFileName(PackExt.PACK)));
        }
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription pack, PackExt ext) throws IOException {
        try {
            return new PackChannel(FileChannel.open(folder.resolve(pack.getFileName(ext)), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            throw (FileNotFoundException) new FileNotFoundException(e.getMessage()).initCause(e);
        }
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt ext) throws IOException {
        return new PackOutput(
                FileChannel.open(
                        unfinished(folder.resolve(pack.getFileName(ext))),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                mostPackBytes);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private static final class PackOutput extends DfsOutputStream {
        private final FileChannel channel;
        private final long most;

        PackOutput(FileChannel channel, long most) {
            this.channel = channel;
            this.most = most;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (channel.position() + length > most) {
                throw new UnsafeSourceException(
                        "repository", "it holds more than " + most + " bytes", "Take out what is that large.");
            }
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public int read(long position, ByteBuffer buffer) throws IOException {
            return channel.read(buffer, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record PackChannel(FileChannel channel) implements ReadableChannel {

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            return channel.read(buffer);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public void position(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int blockSize() {
            return 0;
        }

        @Override
        public void setReadAheadBytes(int bytes) {
            // the kernel reads ahead
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
