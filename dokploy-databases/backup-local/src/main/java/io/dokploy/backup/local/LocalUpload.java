package io.dokploy.backup.local;

import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.spi.backup.Pace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Writes a file under another name, and gives it its own when all of it is on the disk. */
final class LocalUpload implements Upload {

    private static final int BUFFER = 64 << 10;

    private final Folder folder;
    private final String key;
    private final Path unfinished;
    private final FileChannel channel;
    private final OutputStream stream;
    private long written;
    private boolean ended;

    LocalUpload(Folder folder, String key, Path unfinished, Optional<Pace> pace) throws IOException {
        this.folder = folder;
        this.key = key;
        this.unfinished = unfinished;
        this.channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
        var file = new File();
        this.stream =
                new BufferedOutputStream(pace.map(limit -> limit.limit(file)).orElse(file), BUFFER);
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public long commit() throws IOException {
        if (ended) {
            throw new IOException("The backup object " + key + " was committed or closed before");
        }
        Path object = folder.file(key);
        try {
            stream.flush();
            channel.force(true);
            channel.close();
            if (Files.size(unfinished) != written) {
                throw new IOException(written + " bytes were written, but the file has " + Files.size(unfinished));
            }
            Files.move(unfinished, object, StandardCopyOption.ATOMIC_MOVE);
            ended = true;
            folder.syncName(object);
            return Files.size(object);
        } catch (IOException e) {
            throw folder.explained("The backup object " + key + " cannot be ended", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!ended) {
            ended = true;
            Files.deleteIfExists(unfinished);
            folder.removeEmptyAbove(unfinished);
        }
    }

    /** Closing it leaves the file open: {@link #commit()} ends it. */
    private final class File extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            var left = ByteBuffer.wrap(bytes, from, length);
            try {
                while (left.hasRemaining()) {
                    written += channel.write(left);
                }
            } catch (IOException e) {
                throw folder.explained("The backup object " + key + " cannot be written", e);
            }
        }
    }
}
