package io.dokploy.api.database;

import io.dokploy.api.Experimental;

/**
 * What came of statements that an engine's own client has run.
 *
 * @param exitCode  of the client: 0 if all went well
 * @param output    what it printed, at most the first mebibyte
 * @param errors    what it complained about, at most the first mebibyte
 * @param truncated whether there was more
 */
@Experimental
public record StatementResult(int exitCode, String output, String errors, boolean truncated) {}
