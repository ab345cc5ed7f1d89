package io.dokploy.core.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Bytes from one thread to another; the writer waits while so many have not been read. */
final class BoundedPipe extends InputStream {

    private final byte[] buffer = new byte[256 * 1024];
    private int start;
    private int size;
    private boolean ended;
    private boolean closed;

    synchronized void write(byte[] bytes) throws IOException {
        int written = 0;
        while (written < bytes.length) {
            await(() -> size == buffer.length && !closed);
            if (closed) {
                return;
            }
            int at = (start + size) % buffer.length;
            int length = Math.min(bytes.length - written, Math.min(buffer.length - size, buffer.length - at));
            System.arraycopy(bytes, written, buffer, at, length);
            size += length;
            written += length;
            notifyAll();
        }
    }

    /** Nothing more comes. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        await(() -> size == 0 && !ended && !closed);
        if (size == 0 || closed) {
            return -1;
        }
        int count = Math.min(length, Math.min(size, buffer.length - start));
        System.arraycopy(buffer, start, target, offset, count);
        start = (start + count) % buffer.length;
        size -= count;
        notifyAll();
        return count;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void await(java.util.function.BooleanSupplier blocked) throws IOException {
        try {
            while (blocked.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a container's stream");
        }
    }
}
