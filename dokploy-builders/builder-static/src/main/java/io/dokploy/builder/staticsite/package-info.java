/**
 * Serves a folder of files with nginx. {@link io.dokploy.builder.staticsite.StaticSettings} is the way in; the builder
 * itself is found by {@link java.util.ServiceLoader}. What the image is made of is put together in the call's workspace,
 * never in the source.
 */
@NullMarked
package io.dokploy.builder.staticsite;

import org.jspecify.annotations.NullMarked;
