package io.dokploy.spi;

/** What all plugins have in common. */
public interface Plugin extends AutoCloseable {

    /** Stable, lower case with dashes; stored with settings: {@code dockerfile}, {@code slack}. */
    String id();

    /** Frees what the plugin holds. Called once, after the last call. The default does nothing. */
    @Override
    default void close() {}
}
