package io.dokploy.core.tree;

/**
 * How much a source may hold before it is refused.
 *
 * @param fileBytes  of one file
 * @param totalBytes of all files together
 * @param entries    files, directories and links together
 */
public record TreeLimits(long fileBytes, long totalBytes, long entries) {

    public TreeLimits {
        if (fileBytes <= 0 || totalBytes <= 0 || entries <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** 2 GiB a file, 10 GiB in all, 500,000 entries. */
    public static TreeLimits defaults() {
        return new TreeLimits(2L << 30, 10L << 30, 500_000);
    }
}
