package io.dokploy.core.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsPackCompactor;
import org.eclipse.jgit.internal.storage.dfs.DfsPackFile;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.FS;

/**
 * The objects and refs of one remote repository in a folder. JGit's ordinary file repository would read the user's
 * configuration, run {@code git} to find the system's, and write its measurements to the home directory; this kind does
 * nothing of it.
 */
final class CacheRepository extends DfsRepository {

    private static final int SMALL = 16 * DfsReaderOptions.MiB;
    private static final int MOST_SMALL_PACKS = 24;

    private final CacheObjects objects;
    private final CacheRefs refs;

    private CacheRepository(Path folder, long mostPackBytes, Builder builder) {
        super(builder);
        this.objects = new CacheObjects(this, folder, mostPackBytes);
        this.refs = new CacheRefs(this, folder.resolve("refs"));
    }

    /** Opens the cache in {@code folder}, which is made if it is not there; the caller holds its lock. */
    static CacheRepository open(Path folder, long mostPackBytes) throws IOException {
        Files.createDirectories(folder);
        var description = new DfsRepositoryDescription(folder.toString());
        var repository = new Builder(folder, mostPackBytes)
                .setRepositoryDescription(description)
                .build();
        repository.objects.sweep();
        repository.objects.requireWhole();
        return repository;
    }

    /** Whether that commit is here, and so all that it reaches: packs are taken over whole. */
    boolean has(ObjectId id) throws IOException {
        return objects.has(id);
    }

    /** Lets a ref keep {@code id}. */
    void keep(String ref, ObjectId id) throws IOException {
        refs.put(ref, id);
    }

    /** Makes one pack of many small ones, so that a lookup stays quick. */
    void compactIfScattered() throws IOException {
        List<DfsPackFile> small = Stream.of(objects.getPacks())
                .filter(pack -> pack.getPackDescription().getFileSize(PackExt.PACK) < SMALL)
                .toList();
        if (small.size() > MOST_SMALL_PACKS) {
            var compactor = new DfsPackCompactor(this);
            small.forEach(compactor::add);
            compactor.compact(NullProgressMonitor.INSTANCE);
        }
    }

    @Override
    public DfsObjDatabase getObjectDatabase() {
        return objects;
    }

    @Override
    public CacheRefs getRefDatabase() {
        return refs;
    }

    private static final class Builder extends DfsRepositoryBuilder<Builder, CacheRepository> {
        private final Path folder;
        private final long mostPackBytes;

        Builder(Path folder, long mostPackBytes) {
            this.folder = folder;
            this.mostPackBytes = mostPackBytes;
            setBare();
            setFS(FS.DETECTED);
        }

        @Override
        public CacheRepository build() {
            return new CacheRepository(folder, mostPackBytes, this);
        }
    }
}
