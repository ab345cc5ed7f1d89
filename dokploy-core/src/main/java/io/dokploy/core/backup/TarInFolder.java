package io.dokploy.core.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar of a folder, packed in that folder, as if it had been packed from outside: so the folder itself gets its owner and
 * mode, too. In constant memory.
 */
final class TarInFolder extends InputStream {

    /** What {@code tar} writes before names, when it packs the folder that it is in. */
    static final String HERE = "./";

    private static final int BLOCK = 512;

    private final TarArchiveInputStream given;
    private final String folder;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(made, BLOCK, "UTF-8");
    private final byte[] buffer = new byte[PartContent.BUFFER];
    private byte[] ready = new byte[0];
    private int position;
    private boolean inEntry;
    private boolean ended;

    /** @param folder with its slash */
    TarInFolder(InputStream given, String folder) {
        this.given = new TarArchiveInputStream(given, "UTF-8");
        this.folder = folder;
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == ready.length && !ended) {
            makeMore();
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, target, offset, count);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    private void makeMore() throws IOException {
        int count = inEntry ? given.read(buffer) : -1;
        if (count > 0) {
            tar.write(buffer, 0, count);
        } else {
            nextEntry();
        }
        tar.flush();
        ready = made.toByteArray();
        made.reset();
        position = 0;
    }

    private void nextEntry() throws IOException {
        if (inEntry) {
            tar.closeArchiveEntry();
        }
        var entry = given.getNextEntry();
        inEntry = entry != null;
        if (entry == null) {
            tar.finish();
            ended = true;
        } else {
            tar.putArchiveEntry(moved(entry));
        }
    }

    private TarArchiveEntry moved(TarArchiveEntry entry) throws IOException {
        if (entry.isSparse()) {
            throw new IOException(entry.getName() + " is packed as a sparse file; pack it without --sparse");
        }
        entry.setName(inFolder(entry.getName()));
        if (entry.isLink()) {
            entry.setLinkName(inFolder(entry.getLinkName()));
        }
        return entry;
    }

    private String inFolder(String name) {
        return folder + (name.startsWith(HERE) ? name.substring(HERE.length()) : name);
    }

    @Override
    public void close() throws IOException {
        given.close();
    }
}
