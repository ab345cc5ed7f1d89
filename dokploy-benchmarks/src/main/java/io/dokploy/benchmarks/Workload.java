package io.dokploy.benchmarks;

import java.util.Locale;

/**
 * A repository to deploy.
 *
 * @param files how many files it has beside its Dockerfile
 * @param bytes how much all of them have together
 */
public record Workload(int files, long bytes) {

    /** 2,000 files, 20 MB. */
    public static final Workload BIG = new Workload(2000, 20_000_000);

    /** 5 files, 5 kB. */
    public static final Workload TINY = new Workload(5, 5_000);

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d files, %,d kB", files, bytes / 1000);
    }
}
