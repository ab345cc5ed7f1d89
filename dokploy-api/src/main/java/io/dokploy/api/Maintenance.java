package io.dokploy.api;

import io.dokploy.api.value.ByteSize;
import java.util.List;

/** Looks after what runs on the engine. Thread-safe. */
public interface Maintenance {

    /**
     * Compares what should run with what runs, and repairs it: containers that are missing or too many, routes that
     * differ, leftovers of operations that are over. Does nothing to what is not ours.
     */
    Operation<Repairs> reconcile();

    /**
     * Removes images that we made and that neither a running nor a kept release needs.
     *
     * @return what was removed
     */
    Operation<Pruned> pruneImages();

    /**
     * Removes the engine's unused build cache. It belongs to everybody who uses the engine, so this is never done
     * without being asked for.
     */
    Operation<Pruned> pruneBuildCache();

    /**
     * Removes from the engine all that this instance made: containers of applications and of the router, networks and
     * images. Volumes and the store stay; a deployment or a reconciliation brings applications back.
     */
    Operation<Repairs> uninstall();

    /**
     * Encrypts all that is kept with the current key of the key provider, which must still know the former one; every
     * instance that shares the store needs both before. An embedded store with a key file makes a new key itself. Killed
     * half-way it goes on at the next start. Backups from before need the former key.
     */
    Operation<Void> rotateKey();

    /**
     * What a reconciliation did.
     *
     * @param done one line each; empty if all was as it should be
     */
    record Repairs(List<String> done) {
        public Repairs {
            done = List.copyOf(done);
        }
    }

    /**
     * What was removed.
     *
     * @param removed names or ids
     * @param freed   as the engine reports it
     */
    record Pruned(List<String> removed, ByteSize freed) {
        public Pruned {
            removed = List.copyOf(removed);
        }
    }
}
