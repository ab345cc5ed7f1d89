/**
 * Backups in a folder of the machine that Dokploy runs on, or on a share that is mounted there. {@link
 * io.dokploy.backup.local.LocalSettings} is the way in; the target itself is found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.dokploy.backup.local;

import org.jspecify.annotations.NullMarked;
