/**
 * What deployments leave behind: {@link io.dokploy.api.release.Release}, which holds all that is needed to run it again,
 * {@link io.dokploy.api.release.Deployment}, the history, and {@link io.dokploy.api.release.Plan}, what would happen.
 */
@NullMarked
package io.dokploy.api.release;

import org.jspecify.annotations.NullMarked;
