package io.dokploy.backup.s3;

/**
 * How large each part of an upload is, whose size nobody knows before its end. The first thousand have one size; then they
 * grow with the square of their number, just enough that 10,000 of them hold 5 TiB.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits of multipart uploads</a>
 */
final class PartSizes {

    static final int MOST_PARTS = 10_000;
    static final long LARGEST_OBJECT = 5L << 40;

    private static final int EQUAL = 1_000;

    private final long first;
    private final long growth;

    PartSizes(long first) {
        this.first = first;
        long growing = MOST_PARTS - EQUAL;
        long squares = growing * (growing + 1) * (2 * growing + 1) / 6;
        long missing = Math.max(0, LARGEST_OBJECT - first * MOST_PARTS);
        this.growth = (missing + squares - 1) / squares;
    }

    /** Of the part with that number, counted from 1. */
    long of(int number) {
        long grown = Math.max(0, number - EQUAL);
        return first + growth * grown * grown;
    }
}
