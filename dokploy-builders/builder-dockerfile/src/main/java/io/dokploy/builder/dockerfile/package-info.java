/**
 * Builds what has a Dockerfile. {@link io.dokploy.builder.dockerfile.DockerfileSettings} is the way in; the builder
 * itself is found by {@link java.util.ServiceLoader}. The Dockerfile is read only as far as needed to know the images
 * that it starts from; the engine builds it.
 */
@NullMarked
package io.dokploy.builder.dockerfile;

import org.jspecify.annotations.NullMarked;
