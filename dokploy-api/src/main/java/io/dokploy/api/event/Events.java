package io.dokploy.api.event;

import java.util.List;
import java.util.function.Consumer;

/** The stream of events of a store. Thread-safe. */
public interface Events {

    /**
     * Reads what happened.
     *
     * @param after 0 for the beginning, else the sequence of the last event that was read
     * @param limit how many at the most
     */
    List<Event> read(long after, int limit);

    /** The sequence of the newest event, 0 if there is none. */
    long newest();

    /**
     * Calls {@code listener} for each event from now on, in order, from one thread of this instance. A listener that
     * throws is reported to the log and called again with the next one. Events of other JVMs come too, within a second.
     */
    Subscription subscribe(Consumer<Event> listener);

    /** Ends when closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
