package io.dokploy.core.source;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The kinds of archives, recognised by how they begin and not by their name. */
enum ArchiveFormat {
    ZIP {
        @Override
        void read(Path archive, ArchiveEntries entries, BombGuard guard) throws IOException {
            try (var zip = ZipFile.builder()
                    .setPath(archive)
                    .setCharset(StandardCharsets.UTF_8)
                    .get()) {
                for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                    readZipEntry(zip, entry, entries, guard);
                }
            }
        }
    },
    TAR {
        @Override
        InputStream decompress(InputStream in) {
            return in;
        }
    },
    TAR_GZIP {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new GzipCompressorInputStream(in, true);
        }
    },
    TAR_BZIP2 {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, true);
        }
    },
    TAR_XZ {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new XZCompressorInputStream(in, true, MOST_XZ_MEMORY_KIB);
        }
    };

    private static final int MOST_XZ_MEMORY_KIB = 80 * 1024;
    private static final int TAR_MAGIC_AT = 257;
    private static final int KIND = 0170000;

    /** Gives every entry to {@code entries}, in the order of the archive. */
    void read(Path archive, ArchiveEntries entries, BombGuard guard) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(archive), 64 * 1024);
                var unpacked = decompress(in);
                var tar = new TarArchiveInputStream(guard.watch(unpacked), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                readTarEntry(tar, entry, entries);
            }
        }
    }

    InputStream decompress(InputStream in) throws IOException {
        return in;
    }

    /** The kind of a file. */
    static ArchiveFormat of(Path archive, String subject) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(archive)) {
            start = in.readNBytes(512);
        }
        if (begins(start, 0, "PK\3\4") || begins(start, 0, "PK\5\6")) {
            return ZIP;
        }
        if (begins(start, 0, "\u001f\u008b")) {
            return TAR_GZIP;
        }
        if (begins(start, 0, "BZh")) {
            return TAR_BZIP2;
        }
        if (begins(start, 0, "\u00fd7zXZ\0")) {
            return TAR_XZ;
        }
        if (begins(start, TAR_MAGIC_AT, "ustar") || TarArchiveInputStream.matches(start, start.length)) {
            return TAR;
        }
        throw new UnsafeSourceException(
                subject,
                "it is neither a zip nor a tar archive (plain, gzip, bzip2 or xz)",
                "Upload one of these; its name does not matter.");
    }

    private static boolean begins(byte[] start, int at, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return start.length >= at + bytes.length
                && java.util.Arrays.equals(start, at, at + bytes.length, bytes, 0, bytes.length);
    }

    private static void readTarEntry(TarArchiveInputStream tar, TarArchiveEntry entry, ArchiveEntries entries)
            throws IOException {
        String name = entry.getName();
        if (entry.isDirectory()) {
            entries.directory(name);
        } else if (entry.isSymbolicLink()) {
            entries.link(name, entry.getLinkName());
        } else if (entry.isLink()) {
            entries.hardLink(name, entry.getLinkName());
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw entries.refused(name, "is a device or a pipe");
        } else if (entry.isFile()) {
            entries.file(name, (entry.getMode() & 0111) != 0, entry.getRealSize(), tar);
        } else {
            throw entries.refused(name, "is of an unknown kind");
        }
    }

    private static void readZipEntry(ZipFile zip, ZipArchiveEntry entry, ArchiveEntries entries, BombGuard guard)
            throws IOException {
        String name = entry.getName();
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw entries.refused(name, "is encrypted");
        }
        if (!zip.canReadEntryData(entry)) {
            throw entries.refused(name, "is compressed in a way that cannot be read");
        }
        int kind = entry.getUnixMode() & KIND;
        if (entry.isDirectory()) {
            entries.directory(name);
            return;
        }
        try (InputStream content = guard.watch(zip.getInputStream(entry))) {
            switch (kind) {
                case 0, 0100000 -> entries.file(name, (entry.getUnixMode() & 0111) != 0, entry.getSize(), content);
                case 0120000 -> entries.link(name, content);
                default -> throw entries.refused(name, "is a device, pipe or socket");
            }
        }
    }
}
