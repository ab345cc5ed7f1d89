package io.dokploy.spi;

/** Tells the user what is going on. Thread-safe. */
@FunctionalInterface
public interface Progress {

    /** A line for the operation's log; secrets that the operation knows are masked. */
    void line(String text);

    /** Drops everything. */
    static Progress none() {
        return text -> {};
    }
}
