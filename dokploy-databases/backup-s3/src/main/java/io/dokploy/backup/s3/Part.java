package io.dokploy.backup.s3;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A part of an object, in memory, so that it can be sent again. It lies in slices rather than in one array: large arrays
 * fragment a small heap, and a small object needs no whole part.
 */
final class Part {

    private final Pool pool;
    private final long capacity;
    private final List<byte[]> slices = new ArrayList<>();
    private long size;

    private Part(Pool pool, long capacity) {
        this.pool = pool;
        this.capacity = capacity;
    }

    long size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** Takes as much as it has room for, at most a slice, and tells how much. */
    int take(byte[] bytes, int from, int length) {
        int at = (int) (size % Pool.SLICE);
        if (at == 0) {
            slices.add(pool.slice());
        }
        int taken = (int) Math.min(Math.min(length, Pool.SLICE - at), capacity - size);
        System.arraycopy(bytes, from, slices.get(slices.size() - 1), at, taken);
        size += taken;
        return taken;
    }

    InputStream stream() {
        return new SliceStream();
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this::stream, size, "application/octet-stream");
    }

    /** Its memory is used for the next ones. */
    void release() {
        pool.giveBack(slices);
    }

    /** Slices that are used again. Thread-safe. */
    static final class Pool {
        static final int SLICE = 256 << 10;

        private final Deque<byte[]> free = new ArrayDeque<>();

        Part part(long capacity) {
            return new Part(this, capacity);
        }

        private synchronized byte[] slice() {
            byte[] slice = free.poll();
            return slice == null ? new byte[SLICE] : slice;
        }

        private synchronized void giveBack(List<byte[]> slices) {
            free.addAll(slices);
            slices.clear();
        }
    }

    private final class SliceStream extends InputStream {
        private long at;

        @Override
        public int read() {
            return at == size ? -1 : slices.get((int) (at / Pool.SLICE))[(int) (at++ % Pool.SLICE)] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (at == size) {
                return length == 0 ? 0 : -1;
            }
            int offset = (int) (at % Pool.SLICE);
            int read = (int) Math.min(Math.min(length, Pool.SLICE - offset), size - at);
            System.arraycopy(slices.get((int) (at / Pool.SLICE)), offset, bytes, from, read);
            at += read;
            return read;
        }
    }
}
