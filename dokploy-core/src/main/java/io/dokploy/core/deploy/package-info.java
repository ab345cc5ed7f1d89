/**
 * Runs releases on one engine. {@link io.dokploy.core.deploy.DockerDeployer} makes containers of a release beside those
 * of others and moves the application's network name between them; {@link io.dokploy.core.deploy.Labels} says how we
 * recognise what is ours.
 */
@NullMarked
package io.dokploy.core.deploy;

import org.jspecify.annotations.NullMarked;
