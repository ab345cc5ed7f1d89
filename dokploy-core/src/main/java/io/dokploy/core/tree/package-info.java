/**
 * Files of strangers on our disk: what may be written where, how much of it, and where links may lead. Everything that
 * is fetched (Git, archive, directory) passes through {@link io.dokploy.core.tree.TreeWriter} and
 * {@link io.dokploy.core.tree.TreeScan}. What comes out is a {@link io.dokploy.spi.SourceTree}.
 */
@NullMarked
package io.dokploy.core.tree;

import org.jspecify.annotations.NullMarked;
