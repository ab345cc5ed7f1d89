package io.dokploy.core.store;

import java.nio.file.Path;

/** The store on the embedded database. */
final class StoreTest extends StoreContract {

    @Override
    TestDatabase newDatabase(Path place) {
        return TestDatabase.embedded(place);
    }
}
