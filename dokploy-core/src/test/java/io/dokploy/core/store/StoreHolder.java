package io.dokploy.core.store;

import io.dokploy.core.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** A program that has a store open until it is killed. */
final class StoreHolder {

    /** What it says when it has it open. */
    static final String OPEN = "the store is open";

    private StoreHolder() {}

    /** Opens the store in that directory. */
    public static void main(String[] arguments) throws Exception {
        StoreAccess.open(
                Store.embedded(Path.of(arguments[0])), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
        System.out.println(OPEN);
        System.in.read();
    }
}
