package io.dokploy.api.database;

import io.dokploy.api.Experimental;

/**
 * A dump that was written.
 *
 * @param format with which its file should end: {@code pgdump}, {@code sql}
 * @param bytes  how many
 */
@Experimental
public record ExportedDump(String format, long bytes) {}
