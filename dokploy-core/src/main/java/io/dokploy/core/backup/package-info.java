/**
 * Backups: a database's dump goes compressed and encrypted into a place, with a manifest as the last object, and is proven
 * by a restore. {@link io.dokploy.core.backup.BackupHandlers} does what is asked for: {@code TakeBackup} and {@code
 * VerifyBackup} are the way of every backup, what is in it is a {@code Dump} and its {@code Proof}; {@code PartWriter} and
 * {@code PartReader} are the stream of one object. Depends on {@code io.dokploy.core.database}.
 */
@NullMarked
package io.dokploy.core.backup;

import org.jspecify.annotations.NullMarked;
