package io.dokploy.core.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.ReflogEntry;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.util.RefList;
import org.jspecify.annotations.Nullable;

/** The refs of a cached repository in one small file, {@code <id> <name>} a line, replaced as a whole. */
final class CacheRefs extends DfsRefDatabase {

    private final Path file;

    CacheRefs(CacheRepository repository, Path file) {
        super(repository);
        this.file = file;
    }

    /** Lets {@code name} keep {@code id} and all that it reaches. */
    void put(String name, ObjectId id) throws IOException {
        var refs = load();
        if (!id.equals(refs.put(name, id.copy()))) {
            store(refs);
        }
    }

    @Override
    protected RefCache scanAllRefs() throws IOException {
        var all = new RefList.Builder<Ref>();
        load().forEach((name, id) -> all.add(new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, name, id)));
        return new RefCache(all.toRefList(), RefList.emptyList());
    }

    @Override
    protected boolean compareAndPut(@Nullable Ref old, Ref changed) throws IOException {
        put(changed.getName(), changed.getObjectId());
        return true;
    }

    @Override
    protected boolean compareAndRemove(Ref old) throws IOException {
        var refs = load();
        refs.remove(old.getName());
        store(refs);
        return true;
    }

    @Override
    public ReflogReader getReflogReader(Ref ref) {
        return new EmptyReflog();
    }

    private Map<String, ObjectId> load() throws IOException {
        Map<String, ObjectId> refs = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                try {
                    refs.put(line.substring(space + 1), ObjectId.fromString(line.substring(0, Math.max(space, 0))));
                } catch (IllegalArgumentException e) {
                    throw new IOException("broken line in " + file, e);
                }
            }
        }
        return refs;
    }

    private void store(Map<String, ObjectId> refs) throws IOException {
        var text = new StringBuilder();
        refs.forEach(
                (name, id) -> text.append(id.name()).append(' ').append(name).append('\n'));
        Path next = file.resolveSibling("refs.tmp");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        refresh();
    }

    /** Nobody asks how the refs of a cache came to be. */
    private static final class EmptyReflog implements ReflogReader {
        @Override
        public @Nullable ReflogEntry getLastEntry() {
            return null;
        }

        @Override
        public List<ReflogEntry> getReverseEntries() {
            return List.of();
        }

        @Override
        public @Nullable ReflogEntry getReverseEntry(int number) {
            return null;
        }

        @Override
        public List<ReflogEntry> getReverseEntries(int most) {
            return List.of();
        }
    }
}
