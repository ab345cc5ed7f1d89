/**
 * For host applications: a whole Dokploy in a test, without Docker, network or waiting. The pipeline, the queue and the
 * store are the real ones; engine and router are in memory, and time is the test's. {@link
 * io.dokploy.testkit.host.TestDokploy} is the way in, {@link io.dokploy.testkit.host.DokployExtension} gives one to a
 * JUnit test.
 */
@NullMarked
package io.dokploy.testkit.host;

import org.jspecify.annotations.NullMarked;
