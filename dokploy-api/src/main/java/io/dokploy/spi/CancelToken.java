package io.dokploy.spi;

/** Says that the work is not wanted any more. Thread-safe. */
public interface CancelToken {

    /** Whether it is so. */
    boolean isCancelled();

    /**
     * Does nothing, or throws.
     *
     * @throws io.dokploy.api.error.CancelledException if the user cancelled
     * @throws io.dokploy.api.error.DeadlineException  if the deadline is over
     * @throws io.dokploy.api.error.ShutDownException  if this instance is closing
     */
    void throwIfCancelled();

    /** Calls {@code action} when it happens, from any thread, or now if it has; closing takes it back. */
    Registration onCancel(Runnable action);

    /** Never. */
    static CancelToken never() {
        return new CancelToken() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void throwIfCancelled() {}

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }
        };
    }

    /** Takes an action back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
