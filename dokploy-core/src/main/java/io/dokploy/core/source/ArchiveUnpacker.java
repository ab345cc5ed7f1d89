package io.dokploy.core.source;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.FileTree;
import io.dokploy.core.tree.TreeHash;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.core.tree.TreeScan;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpacks an archive of whatever kind. If all of it lies in one directory, that is the root of the tree. What a Mac adds
 * ({@code __MACOSX}) and what Git keeps ({@code .git}) is left out.
 */
final class ArchiveUnpacker {

    private final Path archive;
    private final TreeLimits limits;
    private final CancelToken cancel;
    private final String subject;

    ArchiveUnpacker(Path archive, TreeLimits limits, CancelToken cancel) {
        this.archive = archive;
        this.limits = limits;
        this.cancel = cancel;
        this.subject = "archive " + archive;
    }

    SourceTree to(Path into) {
        if (!Files.isRegularFile(archive)) {
            throw new SourceNotFoundException(
                    subject, "it is not there, or is no file", "Name an existing archive of this machine.");
        }
        try {
            Files.createDirectories(into);
            var writer = new TreeWriter(into, subject, limits);
            var entries = new ArchiveEntries(into, subject, writer, cancel);
            ArchiveFormat.of(archive, subject).read(archive, entries, new BombGuard(Files.size(archive), subject));
            writer.finish();
            Path root = onlyDirectory(into);
            TreeScan.of(root).requireLinksInside(root, subject);
            return new FileTree(root, TreeHash.of(root));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnsafeSourceException(
                    subject,
                    "it cannot be unpacked, it may be damaged or cut off: " + e.getMessage(),
                    "Make the archive again and see that its upload is complete.",
                    e);
        }
    }

    private static Path onlyDirectory(Path root) throws IOException {
        List<Path> children = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(root)) {
            stream.forEach(children::add);
        }
        return children.size() == 1 && Files.isDirectory(children.get(0), LinkOption.NOFOLLOW_LINKS)
                ? children.get(0)
                : root;
    }
}
