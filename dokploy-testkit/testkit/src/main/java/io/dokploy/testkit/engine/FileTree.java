package io.dokploy.testkit.engine;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Files and directories by absolute path, {@code /etc/hosts}. Thread-safe. */
final class FileTree {

    private final NavigableMap<String, Node> nodes = new TreeMap<>();

    /** A file with its content, or a directory. */
    record Node(boolean directory, byte[] content, int mode) {
        static Node file(byte[] content) {
            return new Node(false, content, 0644);
        }

        static Node directory(int mode) {
            return new Node(true, new byte[0], mode);
        }
    }

    FileTree(String... directories) {
        nodes.put("/", Node.directory(0755));
        for (String directory : directories) {
            put(directory, Node.directory(0755));
        }
    }

    synchronized Optional<Node> get(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    /** Puts a node, and the directories above it. */
    synchronized void put(String path, Node node) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.putIfAbsent(path.substring(0, slash), Node.directory(0755));
        }
        nodes.put(path, node);
    }

    synchronized void remove(String path) {
        nodes.remove(path);
        nodes.keySet().removeIf(other -> other.startsWith(path + "/"));
    }

    /** That path and all below it, in order. */
    synchronized Map<String, Node> below(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        NavigableMap<String, Node> found = new TreeMap<>();
        nodes.forEach((name, node) -> {
            if (name.equals(path) || name.startsWith(prefix)) {
                found.put(name, node);
            }
        });
        return found;
    }
}
