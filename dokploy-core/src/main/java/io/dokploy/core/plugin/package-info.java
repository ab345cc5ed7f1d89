/**
 * Finds plugins and calls them: with their own class loader as the thread's, and with a context of what they may use.
 */
@NullMarked
package io.dokploy.core.plugin;

import org.jspecify.annotations.NullMarked;
