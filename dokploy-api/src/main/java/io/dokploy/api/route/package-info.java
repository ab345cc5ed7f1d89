/**
 * How an application is reached from outside: {@link io.dokploy.api.route.Domain} and what it is made of. Names are
 * Traefik's where it has one.
 */
@NullMarked
package io.dokploy.api.route;

import org.jspecify.annotations.NullMarked;
