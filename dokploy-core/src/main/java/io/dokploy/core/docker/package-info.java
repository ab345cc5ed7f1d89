/**
 * The container engine on a Docker Engine: {@link io.dokploy.core.docker.DockerEngine} opens one and hands each call to
 * the class of its noun ({@code Containers}, {@code Images}, {@code Networks}), which speaks the Engine API as JSON and
 * streams through {@code EngineClient}. {@code EngineTransport} carries the requests over a socket, TCP or TLS; decision
 * 20 in docs/decisions says why it is ours. Builds run the buildx program on this JVM's machine where it is there ({@code
 * BuildxBuild}), else the engine's classic builder ({@code ClassicBuild}).
 */
@NullMarked
package io.dokploy.core.docker;

import org.jspecify.annotations.NullMarked;
