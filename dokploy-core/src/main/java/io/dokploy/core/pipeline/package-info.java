/**
 * From a commit to a served release. {@link io.dokploy.core.pipeline.DeploymentPipeline} is the table of contents; each
 * step is a class of its own. Up to the image the steps command; from there {@link
 * io.dokploy.core.pipeline.Convergence} looks at what is and takes one step towards what should be, so that a
 * deployment, going on after a crash and a repair are the same code.
 */
@NullMarked
package io.dokploy.core.pipeline;

import org.jspecify.annotations.NullMarked;
