package io.dokploy.core.source;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.FileTree;
import io.dokploy.core.tree.TreeHash;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A copy of a directory without what Git keeps in it; anything but files, directories and links is refused. */
final class DirectoryCopy {

    private final Path from;
    private final TreeLimits limits;
    private final CancelToken cancel;
    private final String subject;

    DirectoryCopy(Path from, TreeLimits limits, CancelToken cancel) {
        this.from = from;
        this.limits = limits;
        this.cancel = cancel;
        this.subject = "directory " + from;
    }

    SourceTree to(Path into) {
        if (!Files.isDirectory(from)) {
            throw new SourceNotFoundException(
                    subject, "it is not there, or is no directory", "Name an existing directory of this machine.");
        }
        try {
            Files.createDirectories(into);
            var writer = new TreeWriter(into, subject, limits);
            copy("", writer);
            writer.finish();
            return new FileTree(into, TreeHash.of(into));
        } catch (IOException e) {
            throw new SourceNotFoundException(
                    subject,
                    "it cannot be copied: " + e,
                    "See that this process may read all of it and that there is enough disk space.",
                    e);
        }
    }

    private void copy(String path, TreeWriter writer) throws IOException {
        for (Path child : children(from.resolve(path))) {
            cancel.throwIfCancelled();
            String name = String.valueOf(child.getFileName());
            if (name.equals(".git")) {
                continue;
            }
            String childPath = path.isEmpty() ? name : path + "/" + name;
            var attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                writer.link(childPath, Files.readSymbolicLink(child).toString());
            } else if (attributes.isDirectory()) {
                writer.directory(childPath);
                copy(childPath, writer);
            } else if (attributes.isRegularFile()) {
                writer.requireFileSize(childPath, attributes.size());
                try (var in = Files.newInputStream(child, LinkOption.NOFOLLOW_LINKS)) {
                    writer.file(childPath, Files.isExecutable(child), in);
                }
            } else {
                throw new UnsafeSourceException(
                        subject,
                        childPath + " is neither file, directory nor link but a socket, pipe or device",
                        "Take it out of the directory.");
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (var stream = Files.newDirectoryStream(directory)) {
            List<Path> children = new ArrayList<>();
            stream.forEach(children::add);
            return children;
        }
    }
}
