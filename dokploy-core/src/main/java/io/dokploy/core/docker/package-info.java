/**
 * The container engine on a Docker Engine: {@link io.dokploy.core.docker.DockerEngine} opens one and hands each call to
 * the class of its noun. Requests travel over a transport of our own ({@code EngineTransport}, see its docstring for
 * why); docker-java gives the plain calls their types, streams and whatever carries secrets are sent as JSON. Builds run
 * the buildx program on this JVM's machine where it is there.
 */
@NullMarked
package io.dokploy.core.docker;

import org.jspecify.annotations.NullMarked;
