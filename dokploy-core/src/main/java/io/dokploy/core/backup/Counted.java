package io.dokploy.core.backup;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Counts, and hashes if asked for, what passes. */
final class Counted {

    private final Optional<MessageDigest> digest;
    private long bytes;

    private Counted(Optional<MessageDigest> digest) {
        this.digest = digest;
    }

    /** Counts only. */
    static Counted sized() {
        return new Counted(Optional.empty());
    }

    /** Counts and hashes (SHA-256). */
    static Counted hashed() {
        try {
            return new Counted(Optional.of(MessageDigest.getInstance("SHA-256")));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    long bytes() {
        return bytes;
    }

    /** Of all that has passed; asked for once, where it is {@link #hashed}. */
    String sha256() {
        return HexFormat.of().formatHex(digest.orElseThrow().digest());
    }

    OutputStream of(OutputStream target) {
        return new FilterOutputStream(target) {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                digest.ifPresent(hash -> hash.update((byte) b));
                bytes++;
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                digest.ifPresent(hash -> hash.update(buffer, offset, length));
                bytes += length;
            }
        };
    }

    InputStream of(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read() throws IOException {
                int b = in.read();
                if (b >= 0) {
                    digest.ifPresent(hash -> hash.update((byte) b));
                    bytes++;
                }
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = in.read(buffer, offset, length);
                if (count > 0) {
                    digest.ifPresent(hash -> hash.update(buffer, offset, count));
                    bytes += count;
                }
                return count;
            }
        };
    }
}
