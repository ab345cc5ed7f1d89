package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.time.Instant;

/**
 * What came of a try to prove a backup that did not work.
 *
 * @param time       when
 * @param code       of the failure: {@code backup-damaged}, {@code insufficient-disk}, …
 * @param reason     in words
 * @param conclusive whether the backup itself was found not to be good; else it could not be tried
 */
@Experimental
public record FailedVerification(Instant time, String code, String reason, boolean conclusive) {}
