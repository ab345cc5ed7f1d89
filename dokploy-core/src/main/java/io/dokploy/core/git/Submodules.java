package io.dokploy.core.git;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The submodules of a tree: where, which commit, and the address that .gitmodules names for it. */
final class Submodules {

    private static final long LONGEST_GITMODULES = 1024 * 1024;

    private Submodules() {}

    /**
     * One of them.
     *
     * @param path    in the tree
     * @param commit  that the tree asks for
     * @param address as .gitmodules has it, possibly relative
     */
    record Submodule(String path, String commit, String address) {}

    /** All below {@code prefix} ({@code ""}: all) that have an address; one without is an empty folder, as in Git itself. */
    static List<Submodule> of(Repository repository, RevTree tree, String prefix, String subject) throws IOException {
        try (var file = TreeWalk.forPath(repository, ".gitmodules", tree)) {
            if (file == null || (file.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                return List.of();
            }
            Map<String, String> addresses = addresses(repository, file.getObjectId(0), subject);
            List<Submodule> found = new ArrayList<>();
            try (var walk = new TreeWalk(repository)) {
                walk.addTree(tree);
                walk.setRecursive(true);
                while (walk.next()) {
                    String path = walk.getPathString();
                    String address = addresses.get(path);
                    if (FileMode.GITLINK.equals(walk.getRawMode(0)) && address != null && isBelow(path, prefix)) {
                        found.add(new Submodule(path, walk.getObjectId(0).name(), address));
                    }
                }
            }
            return found;
        }
    }

    private static boolean isBelow(String path, String prefix) {
        return prefix.isEmpty() || path.startsWith(prefix + "/");
    }

    private static Map<String, String> addresses(Repository repository, ObjectId file, String subject)
            throws IOException {
        try (var reader = repository.newObjectReader()) {
            var content = reader.open(file);
            if (content.getSize() > LONGEST_GITMODULES) {
                throw new UnsafeSourceException(subject, ".gitmodules is larger than 1 MiB", "Make it smaller.");
            }
            var config = new BlobBasedConfig(null, content.getBytes());
            Map<String, String> addresses = new HashMap<>();
            for (String name : config.getSubsections("submodule")) {
                String path = config.getString("submodule", name, "path");
                String address = config.getString("submodule", name, "url");
                if (path != null && address != null) {
                    addresses.put(path.replaceAll("/+$", ""), address);
                }
            }
            return addresses;
        } catch (ConfigInvalidException e) {
            throw new UnsafeSourceException(
                    subject, ".gitmodules cannot be read: " + e.getMessage(), "Correct the file and push.", e);
        }
    }
}
