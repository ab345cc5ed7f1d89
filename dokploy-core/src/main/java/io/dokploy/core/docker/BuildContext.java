package io.dokploy.core.docker;

import io.dokploy.spi.CancelToken;
import io.dokploy.spi.engine.ImageBuild;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The directory of a build as the tar stream that the classic builder reads, written while the tree is walked. A
 * Dockerfile that is outside of the directory, or that {@code .dockerignore} leaves out, goes along under a name of its
 * own, which the engine keeps out of the image because the {@code .dockerignore} that is sent names it.
 */
final class BuildContext {

    private static final String IGNORE_FILE = ".dockerignore";

    private final Path directory;
    private final Path dockerfile;
    private final DockerIgnore ignore;
    private final boolean dockerfileIsSent;
    private final String dockerfileName;

    BuildContext(ImageBuild build) throws IOException {
        directory = build.context().toRealPath();
        dockerfile = build.dockerfile().toRealPath();
        ignore = DockerIgnore.of(directory, dockerfile);
        var name = dockerfile.startsWith(directory) ? name(dockerfile) : "";
        dockerfileIsSent = !name.isEmpty() && !ignore.excludes(name);
        dockerfileName = dockerfileIsSent ? name : ".dockerfile." + UUID.randomUUID();
    }

    /** What the Dockerfile is called in the stream. */
    String dockerfileName() {
        return dockerfileName;
    }

    void writeTo(OutputStream out, CancelToken cancelToken) throws IOException {
        var tar = new TarArchiveOutputStream(cancellable(out, cancelToken), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                var name = name(path);
                if (name.isEmpty()) {
                    return FileVisitResult.CONTINUE;
                }
                if (ignore.excludes(name)) {
                    return ignore.mayIncludeBelow() ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }
                put(tar, entry(name + "/", path, attributes));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                var name = name(path);
                boolean isReplaced = !dockerfileIsSent && name.equals(IGNORE_FILE);
                // Sockets, pipes and devices cannot be in an image's source.
                if (!isReplaced && !attributes.isOther() && !ignore.excludes(name)) {
                    write(tar, name, path, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (!dockerfileIsSent) {
            write(tar, dockerfileName, dockerfile, Files.readAttributes(dockerfile, BasicFileAttributes.class));
            write(tar, IGNORE_FILE, ignoreFile());
        }
        tar.finish();
    }

    private static OutputStream cancellable(OutputStream target, CancelToken cancelToken) {
        return new FilterOutputStream(target) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                cancelToken.throwIfCancelled();
                out.write(bytes, offset, length);
            }
        };
    }

    /** The context's own, if it is part of it, and what goes along only for the build. */
    private String ignoreFile() throws IOException {
        var file = directory.resolve(IGNORE_FILE);
        return Files.isRegularFile(file) && !ignore.excludes(IGNORE_FILE)
                ? Files.readString(file) + "\n" + dockerfileName + "\n"
                : IGNORE_FILE + "\n" + dockerfileName + "\n";
    }

    private String name(Path path) {
        return directory.relativize(path).toString().replace('\\', '/');
    }

    private static void write(TarArchiveOutputStream tar, String name, Path path, BasicFileAttributes attributes)
            throws IOException {
        if (attributes.isSymbolicLink()) {
            var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(path).toString());
            put(tar, link);
            return;
        }
        tar.putArchiveEntry(entry(name, path, attributes));
        Files.copy(path, tar);
        tar.closeArchiveEntry();
    }

    private static void write(TarArchiveOutputStream tar, String name, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /** Owner and group are root's, as Docker sends them. */
    private static TarArchiveEntry entry(String name, Path path, BasicFileAttributes attributes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
        entry.setLastModifiedTime(attributes.lastModifiedTime());
        if (attributes.isRegularFile()) {
            entry.setSize(attributes.size());
        }
        return entry;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (var permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
