package io.dokploy.core.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * What is in a tar, whatever the order and the folder it was packed in: enough to say whether two hold the same files. In
 * constant memory.
 *
 * @param files whatever is no directory
 * @param bytes of their content
 * @param names the sum of the hashes of their paths
 */
record TarContents(long files, long bytes, long names) {

    /** @param folder in which all lies, with its slash @throws IOException if it is no whole tar */
    static TarContents of(InputStream tar, String folder) throws IOException {
        var sum = new Object() {
            private long files;
            private long bytes;
            private long names;
        };
        TarCheck.entries(tar, (entry, content) -> {
            if (!entry.isDirectory()) {
                sum.files++;
                sum.bytes += entry.isFile() ? entry.getRealSize() : 0;
                sum.names += hash(path(entry, folder));
            }
        });
        return new TarContents(sum.files, sum.bytes, sum.names);
    }

    private static String path(TarArchiveEntry entry, String folder) {
        var name = entry.getName();
        return name.startsWith(folder) ? name.substring(folder.length()) : name;
    }

    private static long hash(String path) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return files + " files of " + bytes + " bytes";
    }
}
