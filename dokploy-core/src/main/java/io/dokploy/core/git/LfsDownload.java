package io.dokploy.core.git;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.TreeHash;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;

/** Writes the real files in place of LFS pointers: every one, checked by its hash, or an error. */
final class LfsDownload {

    private static final int BATCH = 100;

    private final RemoteAccess access;
    private final TreeWriter writer;
    private final Progress progress;
    private final CancelToken cancel;

    LfsDownload(RemoteAccess access, TreeWriter writer, Progress progress, CancelToken cancel) {
        this.access = access;
        this.writer = writer;
        this.progress = progress;
        this.cancel = cancel;
    }

    void fetch(List<LfsFile> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        for (LfsFile file : files) {
            writer.requireFileSize(file.path(), file.pointer().size());
        }
        progress.line("Fetching " + files.size() + " LFS files");
        if (access.address().isFile()) {
            for (LfsFile file : files) {
                try (InputStream in = Files.newInputStream(stored(file))) {
                    write(file, in);
                }
            }
            return;
        }
        var server = new LfsServer(access, cancel);
        for (int from = 0; from < files.size(); from += BATCH) {
            var batch = files.subList(from, Math.min(from + BATCH, files.size()));
            for (var download : server.downloads(batch)) {
                cancel.throwIfCancelled();
                try (InputStream in = server.open(download)) {
                    write(download.file(), in);
                }
            }
        }
    }

    private void write(LfsFile file, InputStream content) throws IOException {
        var in = new DigestInputStream(new AtMost(content, file), TreeHash.sha256());
        writer.file(file.path(), file.executable(), in);
        String sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
        if (!sha256.equals(file.pointer().sha256())) {
            throw new UnsafeSourceException(
                    "LFS file " + file.path(),
                    "what the server sent is not the file: its SHA-256 is " + sha256 + ", not "
                            + file.pointer().sha256(),
                    "Push the file again with git lfs push --all.");
        }
    }

    /** Where a repository on this machine keeps an LFS file. */
    private Path stored(LfsFile file) {
        String id = file.pointer().sha256();
        Path repository = Path.of(access.address().uri().getPath());
        for (Path git : List.of(repository, repository.resolve(".git"))) {
            Path stored = git.resolve("lfs/objects")
                    .resolve(id.substring(0, 2))
                    .resolve(id.substring(2, 4))
                    .resolve(id);
            if (Files.isRegularFile(stored)) {
                return stored;
            }
        }
        throw new SourceNotFoundException(
                "LFS file " + file.path(),
                "the repository has only its pointer, not the file " + id,
                "Push the files with git lfs push --all, or fetch them in that repository with git lfs fetch --all.");
    }

    /** Refuses to go on when more comes than was announced. */
    private static final class AtMost extends FilterInputStream {
        private final LfsFile file;
        private long left;

        AtMost(InputStream in, LfsFile file) {
            super(in);
            this.file = file;
            this.left = file.pointer().size();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            left -= Math.max(n, 0);
            if (left < 0) {
                throw new UnsafeSourceException(
                        "LFS file " + file.path(),
                        "the server sent more than the " + file.pointer().size() + " bytes of its pointer",
                        "Push the file again with git lfs push --all.");
            }
            return n;
        }
    }
}
