/** Doing several blocking things at once without an executor that somebody would have to close, and ending them. */
@NullMarked
package io.dokploy.core.concurrent;

import org.jspecify.annotations.NullMarked;
