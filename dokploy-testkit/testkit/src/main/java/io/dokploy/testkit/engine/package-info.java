/**
 * A container engine in memory: it keeps containers, images, networks and volumes as a real one does, and what runs in a
 * container is a {@link io.dokploy.testkit.engine.Program} that the test gives. The way in is {@link
 * io.dokploy.testkit.engine.InMemoryEngine}; its time is a {@link io.dokploy.testkit.VirtualTime}. It passes the same
 * contract test as the real engine, so what works with it works with Docker as far as that test goes.
 */
@NullMarked
package io.dokploy.testkit.engine;

import org.jspecify.annotations.NullMarked;
