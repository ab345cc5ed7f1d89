package io.dokploy.testkit.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A bounded pipe between two threads: a full one stops the writer, closing the writer's end is the reader's end of file. */
final class Pipe {

    private static final int CAPACITY = 1 << 16;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int length;
    private boolean ended;
    private boolean broken;

    InputStream reader() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                return take(target, offset, count);
            }

            @Override
            public void close() {
                breakUp();
            }
        };
    }

    OutputStream writer() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int count) throws IOException {
                put(source, offset, count);
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    /** No more will come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nobody listens any more: both ends stop at once. */
    synchronized void breakUp() {
        broken = true;
        notifyAll();
    }

    private synchronized int take(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (length == 0 && !ended && !broken) {
            pause();
        }
        if (length == 0 || broken) {
            return -1;
        }
        int taken = Math.min(Math.min(count, length), CAPACITY - start);
        System.arraycopy(buffer, start, target, offset, taken);
        start = (start + taken) % CAPACITY;
        length -= taken;
        notifyAll();
        return taken;
    }

    private synchronized void put(byte[] source, int offset, int count) throws IOException {
        int written = 0;
        while (written < count) {
            while (length == CAPACITY && !broken && !ended) {
                pause();
            }
            if (broken || ended) {
                throw new IOException("broken pipe: the other end is closed");
            }
            int free = (start + length) % CAPACITY;
            int part = Math.min(Math.min(count - written, CAPACITY - length), CAPACITY - free);
            System.arraycopy(source, offset + written, buffer, free, part);
            length += part;
            written += part;
            notifyAll();
        }
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
