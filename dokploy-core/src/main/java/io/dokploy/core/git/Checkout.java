package io.dokploy.core.git;

import io.dokploy.core.tree.TreeLimits;
import io.dokploy.core.tree.TreeScan;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A directory with the files of a source, kept between builds and held by one build at a time. It is updated by what
 * changed. That what is there is what was written is known by a fingerprint of the directory; if it is not, or the last
 * update did not end, everything is written anew.
 */
final class Checkout implements AutoCloseable {

    private static final int KEPT = 2;

    private final Path files;
    private final Path state;
    private final int number;
    private final FolderLock lock;

    private Checkout(Path folder, int number, FolderLock lock) {
        this.files = folder.resolve("files");
        this.state = folder.resolve("state");
        this.number = number;
        this.lock = lock;
    }

    /** Takes the first free one of {@code parent}, or makes a further one. */
    static Checkout take(Path parent) throws IOException {
        for (int number = 0; ; number++) {
            Path folder = parent.resolve(Integer.toString(number));
            var lock = FolderLock.tryTake(folder.resolve("lock"));
            if (lock.isPresent()) {
                return new Checkout(folder, number, lock.get());
            }
        }
    }

    /** Where the files are. */
    Path directory() {
        return files;
    }

    /** Makes the directory hold exactly the given parts. */
    void update(List<TreePart> parts, CacheFolders caches, TreeLimits limits, Progress progress, CancelToken cancel)
            throws IOException {
        String subject = "repository " + parts.get(0).access().address().url();
        Known known = known(parts);
        Map<String, ObjectId> old = known.trees();
        if (parts.stream().allMatch(part -> part.tree().equals(old.get(part.path())))) {
            return;
        }
        Files.deleteIfExists(state);
        if (old.isEmpty()) {
            CacheFolders.deleteTree(files);
            Files.createDirectory(files);
            Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        var writer = new TreeWriter(files, subject, limits, known.scan());
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(4, Math.max(2, Runtime.getRuntime().availableProcessors())), Checkout::thread);
        try {
            for (TreePart part : parts) {
                ObjectId from = old.getOrDefault(part.path(), ObjectId.zeroId());
                if (from.equals(part.tree())) {
                    continue;
                }
                List<LfsFile> lfsFiles = caches.with(part.folder(), cancel, repository -> {
                    var update = new TreeUpdate(repository, part, writer, threads, cancel);
                    if (!from.equals(ObjectId.zeroId())) {
                        update.removeGone(from);
                    }
                    return update.writeNew(from);
                });
                new LfsDownload(part.access(), writer, progress, cancel).fetch(lfsFiles);
            }
        } finally {
            threads.shutdownNow();
        }
        var lines = new ArrayList<String>();
        lines.add(writer.finish().fingerprint());
        parts.forEach(part -> lines.add(part.stateLine()));
        Files.write(state, lines);
    }

    /** Removes what it holds, which may be what was refused; the next update writes everything. */
    void clear() throws IOException {
        Files.deleteIfExists(state);
        CacheFolders.deleteTree(files);
    }

    /** Lets others have it; more than a few that nobody uses are not kept. */
    @Override
    public void close() throws IOException {
        try {
            if (number >= KEPT) {
                clear();
            }
        } finally {
            lock.close();
        }
    }

    /** What is on disk: the tree of each part by its path, nothing if that is not known or of other parts. */
    private record Known(Map<String, ObjectId> trees, TreeScan scan) {
        static final Known NOTHING = new Known(Map.of(), TreeScan.EMPTY);
    }

    private Known known(List<TreePart> parts) throws IOException {
        List<String> lines = Files.exists(state) && Files.isDirectory(files) ? Files.readAllLines(state) : List.of();
        if (lines.size() != parts.size() + 1) {
            return Known.NOTHING;
        }
        Map<String, ObjectId> trees = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String[] words = lines.get(i + 1).split(" ", 3);
            if (words.length < 3
                    || !words[0].equals(parts.get(i).folder())
                    || !words[2].equals(parts.get(i).path())) {
                return Known.NOTHING;
            }
            trees.put(words[2], ObjectId.fromString(words[1]));
        }
        TreeScan scan = TreeScan.of(files);
        return lines.get(0).equals(scan.fingerprint()) ? new Known(trees, scan) : Known.NOTHING;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "dokploy-checkout");
        thread.setDaemon(true);
        return thread;
    }
}
