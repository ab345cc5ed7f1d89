/**
 * Backups: what was stored ({@link io.dokploy.api.backup.Backup}), and what proved it ({@link
 * io.dokploy.api.backup.Verification}). The way in is {@link io.dokploy.api.Backups}.
 */
@NullMarked
package io.dokploy.api.backup;

import org.jspecify.annotations.NullMarked;
