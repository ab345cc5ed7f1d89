package io.dokploy.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What a container sees: a root of its own, and volumes over parts of it. Contents are kept in memory. */
final class ContainerFiles {

    private final FileTree root =
            new FileTree("/bin", "/dev", "/etc", "/home", "/opt", "/root", "/run", "/srv", "/tmp", "/usr", "/var");
    private final Map<String, FileTree> volumes = new TreeMap<>();

    ContainerFiles(Map<String, FileTree> volumes) {
        volumes.forEach((target, tree) -> {
            root.put(normal(target), FileTree.Node.directory(0755));
            this.volumes.put(normal(target), tree);
        });
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            root.put(
                    table,
                    FileTree.Node.file("  sl  local_address rem_address   st\n".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    Optional<FileTree.Node> get(String path) {
        Place place = place(path);
        return place.tree.get(place.path);
    }

    void put(String path, FileTree.Node node) {
        Place place = place(path);
        place.tree.put(place.path, node);
    }

    void remove(String path) {
        Place place = place(path);
        place.tree.remove(place.path);
    }

    void unpack(String directory, InputStream tar) {
        if (get(directory).filter(FileTree.Node::directory).isEmpty()) {
            throw Refusals.missing("directory", directory);
        }
        try {
            var archive = new TarArchiveInputStream(tar, "UTF-8");
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                String path = normal(directory + "/" + entry.getName());
                put(
                        path,
                        new FileTree.Node(
                                entry.isDirectory(),
                                entry.isDirectory() ? new byte[0] : archive.readAllBytes(),
                                entry.getMode() & 07777));
            }
        } catch (IOException e) {
            throw Refusals.refused("archive for " + directory, "it is not a tar stream: " + e.getMessage());
        }
    }

    /** As Docker does: the entry of the path itself comes first, by its last name. */
    byte[] pack(String path) {
        Place place = place(path);
        Map<String, FileTree.Node> found = place.tree.below(place.path);
        if (!found.containsKey(place.path)) {
            throw Refusals.missing("file", path);
        }
        String name = Path.of(normal(path)).getFileName() == null
                ? ""
                : Path.of(normal(path)).getFileName().toString();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var node : found.entrySet()) {
                String below = node.getKey().substring(place.path.equals("/") ? 0 : place.path.length());
                var entry = new TarArchiveEntry(name + below + (node.getValue().directory() ? "/" : ""));
                entry.setMode(node.getValue().mode());
                entry.setSize(node.getValue().content().length);
                // Times are not kept here: without this it would be now, and the same files another tar each second.
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(node.getValue().content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Place place(String path) {
        String normal = normal(path);
        for (var volume : volumes.entrySet()) {
            if (normal.equals(volume.getKey())) {
                return new Place(volume.getValue(), "/");
            }
            if (normal.startsWith(volume.getKey() + "/")) {
                return new Place(
                        volume.getValue(), normal.substring(volume.getKey().length()));
            }
        }
        return new Place(root, normal);
    }

    private static String normal(String path) {
        return Path.of("/").resolve(path.replaceFirst("^/+", "")).normalize().toString();
    }

    private record Place(FileTree tree, String path) {}
}
