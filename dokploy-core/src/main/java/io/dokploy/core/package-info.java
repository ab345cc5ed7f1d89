/**
 * What a host application sets up: {@link io.dokploy.core.Store} and where its keys come from. Everything below this
 * package is the engine room and may change at any time. A host talks to what it has built through
 * {@code io.dokploy.api}.
 */
@NullMarked
package io.dokploy.core;

import org.jspecify.annotations.NullMarked;
