/**
 * For authors of plugins: one contract test for each plugin interface, to be inherited, and what a plugin needs to run in
 * a test: {@link io.dokploy.testkit.TestContext}, {@link io.dokploy.testkit.TestTree}, {@link
 * io.dokploy.testkit.VirtualTime} and the engine of {@link io.dokploy.testkit.engine}. Needs dokploy-api, JUnit and
 * AssertJ, but no engine and no network.
 */
@NullMarked
package io.dokploy.testkit;

import org.jspecify.annotations.NullMarked;
