package io.dokploy.api;

import java.util.List;

/** The output of an operation's tools, secrets masked. Can be read from any point, while it runs and later. */
public interface OperationLog {

    /**
     * Lines after a point.
     *
     * @param cursor 0 for the beginning, else {@link Page#next()} of the page before
     * @param limit  how many lines at the most
     */
    Page read(long cursor, int limit);

    /** All lines up to now, for short logs; at most the last 10,000. */
    List<String> lines();

    /**
     * Some lines.
     *
     * @param lines    without line ends
     * @param next     where to go on
     * @param complete whether the operation is over and nothing follows
     */
    record Page(List<String> lines, long next, boolean complete) {
        public Page {
            lines = List.copyOf(lines);
        }
    }
}
