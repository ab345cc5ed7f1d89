package io.dokploy.core;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is kept: settings only, nothing is opened before the start. Immutable.
 */
public final class Store {

    private final @Nullable Path directory;
    private final @Nullable DataSource dataSource;
    private final @Nullable KeyProvider keys;
    private final boolean exclusive;

    private Store(
            @Nullable Path directory, @Nullable DataSource dataSource, @Nullable KeyProvider keys, boolean exclusive) {
        this.directory = directory;
        this.dataSource = dataSource;
        this.keys = keys;
        this.exclusive = exclusive;
    }

    /**
     * A database file in that directory, for one process. Its key is in the file {@code master.key} beside it, made on
     * the first start and readable for its owner only: back up both, and not together.
     */
    public static Store embedded(Path dataDirectory) {
        return new Store(Objects.requireNonNull(dataDirectory, "dataDirectory"), null, null, true);
    }

    /** A database file in that directory, for one process, with a key of the host's. */
    public static Store embedded(Path dataDirectory, KeyProvider keys) {
        return new Store(
                Objects.requireNonNull(dataDirectory, "dataDirectory"),
                null,
                Objects.requireNonNull(keys, "keys"),
                true);
    }

    /**
     * A PostgreSQL database, for any number of processes. The pool stays the host's and is not closed; it should have
     * six connections more than there are workers.
     */
    public static Store jdbc(DataSource dataSource, KeyProvider keys) {
        return ofHost(dataSource, keys, false);
    }

    /**
     * A PostgreSQL or H2 database that no other process uses while this one does. What a former process left when it died
     * is taken up at once; with {@link #jdbc} it might still run elsewhere, so its silence has to be waited for. The
     * pool stays the host's and is not closed.
     */
    public static Store exclusive(DataSource dataSource, KeyProvider keys) {
        return ofHost(dataSource, keys, true);
    }

    private static Store ofHost(DataSource dataSource, KeyProvider keys, boolean exclusive) {
        return new Store(
                null,
                Objects.requireNonNull(dataSource, "dataSource"),
                Objects.requireNonNull(keys, "keys"),
                exclusive);
    }

    /** The directory of an embedded store. */
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** The host's database. */
    public Optional<DataSource> dataSource() {
        return Optional.ofNullable(dataSource);
    }

    /** The host's keys; none means the key file of the embedded store. */
    public Optional<KeyProvider> keys() {
        return Optional.ofNullable(keys);
    }

    /** Whether this process has it alone. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** Where it is, without credentials. */
    @Override
    public String toString() {
        return directory != null ? "store in " + directory : "store in the host's database";
    }
}
