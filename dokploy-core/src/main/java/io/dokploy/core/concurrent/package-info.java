/** Doing several blocking things at once without an executor that somebody would have to close, ending them, and timers. */
@NullMarked
package io.dokploy.core.concurrent;

import org.jspecify.annotations.NullMarked;
