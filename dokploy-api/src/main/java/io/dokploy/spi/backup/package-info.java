/** Where backups go: {@link io.dokploy.spi.backup.BackupTarget} stores objects as streams. */
@NullMarked
package io.dokploy.spi.backup;

import org.jspecify.annotations.NullMarked;
