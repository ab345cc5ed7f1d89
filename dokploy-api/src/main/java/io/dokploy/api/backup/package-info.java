/**
 * Backups: what was stored ({@link io.dokploy.api.backup.Backup}), and what proved it ({@link
 * io.dokploy.api.backup.Verification}); when they are made, proven and removed ({@link
 * io.dokploy.api.backup.BackupSchedule}). The ways in are {@link io.dokploy.api.Backups} and {@link
 * io.dokploy.api.BackupSchedules}.
 */
@NullMarked
package io.dokploy.api.backup;

import org.jspecify.annotations.NullMarked;
