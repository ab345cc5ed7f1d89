package io.dokploy.core.backup;

import io.dokploy.api.error.FencedException;

/**
 * That this attempt is the one that does the work. One that seemed to be dead, and wakes up while the next one is at it, has
 * lost it: both write the same objects.
 */
@FunctionalInterface
interface Ownership {

    /** Asks the store. @throws FencedException if it is lost */
    void require();

    /** Of work whose objects no other attempt writes. */
    static Ownership sole() {
        return () -> {};
    }

    /** Whether it is lost. @throws io.dokploy.api.error.StoreUnavailableException if that cannot be told */
    default boolean isLost() {
        try {
            require();
            return false;
        } catch (FencedException e) {
            return true;
        }
    }
}
