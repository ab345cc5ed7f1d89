package io.dokploy.core.git;

import io.dokploy.spi.CancelToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A download that fails when nothing comes for a time, and when it is cancelled. Its faults are told apart from those of
 * whoever writes what is read: they are not {@link IOException}s but what {@code failed} makes of them.
 */
final class StallGuard extends FilterInputStream {

    private final Duration patience;
    private final CancelToken cancel;
    private final CancelToken.Registration cut;
    private final Function<IOException, RuntimeException> failed;
    private final AtomicBoolean stalled = new AtomicBoolean();

    StallGuard(InputStream in, Duration patience, CancelToken cancel, Function<IOException, RuntimeException> failed) {
        super(in);
        this.patience = patience;
        this.cancel = cancel;
        this.failed = failed;
        this.cut = cancel.onCancel(this::breakOff);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var reading = new CompletableFuture<Void>().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        reading.whenComplete((nothing, timeout) -> {
            if (timeout != null) {
                stalled.set(true);
                breakOff();
            }
        });
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            cancel.throwIfCancelled();
            throw failed.apply(
                    stalled.get() ? new IOException("nothing came for " + patience.toSeconds() + " s", e) : e);
        } finally {
            reading.complete(null);
        }
    }

    @Override
    public void close() throws IOException {
        cut.close();
        super.close();
    }

    private void breakOff() {
        try {
            in.close();
        } catch (IOException e) {
            // The read that waits ends all the same.
        }
    }
}
