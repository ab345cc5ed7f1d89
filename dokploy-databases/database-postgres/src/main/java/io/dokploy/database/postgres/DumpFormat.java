package io.dokploy.database.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a dump is, by its first bytes. */
enum DumpFormat {
    /** Of {@code pg_dump --format=custom} or {@code tar}: for pg_restore. */
    ARCHIVE,
    /** SQL: for psql. */
    TEXT;

    private static final int TAR_MAGIC = 257;

    static Optional<DumpFormat> of(byte[] beginning) {
        if (has(beginning, 0, "PGDMP") || has(beginning, 0, "toc.dat") && has(beginning, TAR_MAGIC, "ustar")) {
            return Optional.of(ARCHIVE);
        }
        for (byte b : beginning) {
            // PostgreSQL's text never holds one.
            if (b == 0) {
                return Optional.empty();
            }
        }
        return beginning.length == 0 || isOfAnother(beginning) ? Optional.empty() : Optional.of(TEXT);
    }

    /** The tools of other engines say so in their first lines. */
    private static boolean isOfAnother(byte[] beginning) {
        var text = new String(beginning, StandardCharsets.ISO_8859_1);
        return text.contains("-- MySQL dump ") || text.contains("-- MariaDB dump ");
    }

    private static boolean has(byte[] content, int offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        if (content.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (content[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
