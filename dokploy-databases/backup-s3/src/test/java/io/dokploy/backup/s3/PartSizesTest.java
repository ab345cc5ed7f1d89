package io.dokploy.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartSizesTest {

    private static final long LARGEST_PART = 5L << 30;

    @Test
    void tenThousandPartsHoldFiveTebibytesWithAnyFirstSize() {
        for (int mebibytes : new int[] {5, 8, 16, 100, 512}) {
            var sizes = new PartSizes((long) mebibytes << 20);
            long total = IntStream.rangeClosed(1, PartSizes.MOST_PARTS)
                    .mapToLong(sizes::of)
                    .sum();
            assertThat(total).as("%d MiB", mebibytes).isGreaterThanOrEqualTo(PartSizes.LARGEST_OBJECT);
            assertThat(sizes.of(PartSizes.MOST_PARTS)).isLessThanOrEqualTo(LARGEST_PART);
        }
    }

    @Test
    void partsOfUsualBackupsAreAllOfOneSize() {
        var sizes = new PartSizes(8 << 20);
        assertThat(IntStream.rangeClosed(1, 1_000).mapToLong(sizes::of).distinct())
                .containsExactly(8L << 20);
    }

    /** The table of docs/backup-targets.md. */
    @Test
    void theHeapOfEachSizeIsAsDocumented() {
        assertThat(heap(4L << 30)).isEqualTo(32);
        assertThat(heap(10L << 30)).isEqualTo(39);
        assertThat(heap(100L << 30)).isEqualTo(454);
        assertThat(heap(1L << 40)).isEqualTo(2_360);
        assertThat(heap(5L << 40)).isEqualTo(6_990);
    }

    /** MiB for the largest of the parts that an object of that size needs, with the defaults. */
    private static long heap(long size) {
        var sizes = new PartSizes(8 << 20);
        long left = size;
        int number = 0;
        while (left > 0) {
            number++;
            left -= sizes.of(number);
        }
        return (sizes.of(number) * 4 + (1 << 20) - 1) >> 20;
    }
}
