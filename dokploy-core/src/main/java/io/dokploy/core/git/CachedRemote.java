package io.dokploy.core.git;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.source.GitRef;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Brings the commit that is wanted into the cache, with as few exchanges with the server as can be. */
final class CachedRemote {

    private static final int BRANCHES_TO_NAME = 10;

    private final CacheRepository cache;
    private final RemoteAccess access;
    private final Progress progress;
    private final CancelToken cancel;

    CachedRemote(CacheRepository cache, RemoteAccess access, Progress progress, CancelToken cancel) {
        this.cache = cache;
        this.access = access;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** The commit that {@code ref} names at the server now, asking for nothing but that ref. */
    static ObjectId resolve(Repository local, RemoteAccess access, GitRef ref, CancelToken cancel) {
        try (var remote = Remote.open(local, access, fullName(ref), cancel)) {
            return commitOf(find(remote, local, access, ref, cancel));
        }
    }

    /** Fetches an exact commit, unless it is here. */
    ObjectId fetchCommit(String id, Optional<GitRef> from) throws IOException {
        ObjectId wanted = ObjectId.fromString(id);
        if (!cache.has(wanted)) {
            fetchMissing(wanted, from);
            cache.keep("refs/commits/" + wanted.name(), wanted);
            cache.compactIfScattered();
        }
        return wanted;
    }

    /** Fetches what a branch or tag points to now, unless it is here. */
    ObjectId fetchRef(GitRef ref) throws IOException {
        try (var remote = Remote.open(cache, access, fullName(ref), cancel)) {
            Ref found = find(remote, cache, access, ref, cancel);
            ObjectId commit = commitOf(found);
            if (!cache.has(commit)) {
                remote.fetch(List.of(found), progress);
            }
            cache.keep("refs/remote/" + fullName(ref), commit);
            cache.compactIfScattered();
            return commit;
        }
    }

    private void fetchMissing(ObjectId wanted, Optional<GitRef> from) throws IOException {
        String prefix = from.map(CachedRemote::fullName).orElse("HEAD");
        try (var remote = Remote.open(cache, access, prefix, cancel)) {
            remote.fetch(List.of(Remote.commit(wanted)), progress);
        } catch (UserErrorException e) {
            throw e;
        } catch (RuntimeException e) {
            // Some servers give only what a ref points to: then everything is fetched and looked through.
            cancel.throwIfCancelled();
            fetchEverything();
        }
        if (!cache.has(wanted)) {
            throw new SourceNotFoundException(
                    "repository " + access.address().url(),
                    "there is no commit " + wanted.name(),
                    "Push the commit, or deploy one that is on a branch.");
        }
    }

    private void fetchEverything() throws IOException {
        try (var remote = Remote.open(cache, access, "", cancel)) {
            List<Ref> tips = remote.refs().stream()
                    .filter(ref -> ref.getName().startsWith("refs/heads/")
                            || ref.getName().startsWith("refs/tags/"))
                    .toList();
            remote.fetch(tips, progress);
            for (Ref tip : tips) {
                if (tip.getName().startsWith("refs/heads/")) {
                    cache.keep("refs/remote/" + tip.getName(), commitOf(tip));
                }
            }
        }
    }

    private static Ref find(Remote remote, Repository local, RemoteAccess access, GitRef ref, CancelToken cancel) {
        return remote.ref(fullName(ref))
                .filter(found -> found.getObjectId() != null)
                .orElseThrow(() -> missing(local, access, ref, cancel));
    }

    private static SourceNotFoundException missing(
            Repository local, RemoteAccess access, GitRef ref, CancelToken cancel) {
        String kind = ref.kind() == GitRef.Kind.TAG ? "tags" : "branches";
        String prefix = ref.kind() == GitRef.Kind.TAG ? "refs/tags/" : "refs/heads/";
        String existing;
        try (var remote = Remote.open(local, access, "", cancel)) {
            existing = remote.refs().stream()
                    .map(Ref::getName)
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .sorted()
                    .limit(BRANCHES_TO_NAME)
                    .collect(Collectors.joining(", "));
        }
        return new SourceNotFoundException(
                "repository " + access.address().url(),
                "there is no " + ref.describe() + "; "
                        + (existing.isEmpty() ? "it has no " + kind : "its " + kind + " are: " + existing),
                "Name one that exists, or push it.");
    }

    private static ObjectId commitOf(Ref ref) {
        ObjectId peeled = ref.getPeeledObjectId();
        return (peeled != null ? peeled : ref.getObjectId()).copy();
    }

    private static String fullName(GitRef ref) {
        return switch (ref.kind()) {
            case DEFAULT_BRANCH -> "HEAD";
            case BRANCH -> "refs/heads/" + ref.name();
            case TAG -> "refs/tags/" + ref.name();
            case COMMIT -> ref.name();
        };
    }
}
