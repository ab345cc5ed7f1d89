package io.dokploy.core.acceptance;

import com.zaxxer.hikari.HikariDataSource;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import io.dokploy.core.store.PostgresStores;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which store a site has: its own file, or a database that several share. */
final class Stores implements UnaryOperator<DokployBuilder>, AutoCloseable {

    static final String EMBEDDED = "embedded";

    private final Path directory;
    private final Optional<HikariDataSource> pool;

    /** {@link #EMBEDDED}, or the JDBC URL of a PostgreSQL database. */
    Stores(String store, Path directory) {
        this.directory = directory;
        this.pool = store.equals(EMBEDDED) ? Optional.empty() : Optional.of(PostgresStores.pool(store));
    }

    @Override
    public DokployBuilder apply(DokployBuilder builder) {
        var key = KeyProvider.of(MasterKey.of(new byte[MasterKey.LENGTH]));
        return pool.map(shared -> builder.store(Store.jdbc(shared, key)).directory(directory.resolve("data")))
                .orElse(builder);
    }

    @Override
    public void close() {
        pool.ifPresent(HikariDataSource::close);
    }
}
