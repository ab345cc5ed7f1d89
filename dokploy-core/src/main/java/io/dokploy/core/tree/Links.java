package io.dokploy.core.tree;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Follows a symbolic link step by step as the kernel would, and refuses one that leaves the tree at any step. Looking at
 * the text alone is not enough: {@code a/b/up/..} is somewhere else once {@code up} is a link itself.
 */
final class Links {

    private static final int MOST_HOPS = 40;

    private final Path root;
    private final String subject;

    Links(Path root, String subject) {
        this.root = root;
        this.subject = subject;
    }

    /** Checks every one of them; paths are relative to the root. */
    void check(List<Path> links) throws IOException {
        for (Path link : links) {
            follow(link);
        }
    }

    private void follow(Path link) throws IOException {
        Deque<String> todo = new ArrayDeque<>();
        push(todo, link.toString());
        Path at = root;
        int depth = 0;
        int hops = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (depth == 0) {
                    throw refused(link, "leads out of the tree");
                }
                at = parent(at);
                depth--;
                continue;
            }
            Path next = at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                depth++;
                continue;
            }
            if (++hops > MOST_HOPS) {
                throw refused(link, "is one of a chain of links without end");
            }
            String target = Files.readSymbolicLink(next).toString();
            if (target.startsWith("/")) {
                throw refused(link, "leads to the absolute path " + SafePath.shown(target));
            }
            push(todo, target);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static void push(Deque<String> todo, String path) {
        String[] names = path.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            todo.push(names[i]);
        }
    }

    private UnsafeSourceException refused(Path link, String why) {
        return new UnsafeSourceException(
                subject,
                "the symbolic link " + SafePath.shown(link.toString()) + " " + why,
                "Let links point to files of the same tree only.");
    }
}
