/**
 * The first program with Dokploy: {@link io.dokploy.examples.quickstart.Quickstart} is what the README shows, {@link
 * io.dokploy.examples.quickstart.Demo} runs it with a sample repository under load.
 */
@NullMarked
package io.dokploy.examples.quickstart;

import org.jspecify.annotations.NullMarked;
