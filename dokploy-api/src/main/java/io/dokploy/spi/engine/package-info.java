/**
 * A container engine in our own small types: what plugins and core use of Docker, and what the testkit's in-memory
 * engine offers too. No type of a client library appears here.
 */
@NullMarked
package io.dokploy.spi.engine;

import org.jspecify.annotations.NullMarked;
