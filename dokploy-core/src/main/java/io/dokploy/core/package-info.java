/**
 * The one way in: {@link io.dokploy.core.DokployBuilder} makes a {@link io.dokploy.api.Dokploy} from a store, a server, a
 * router and plugins. Only this package is for hosts; the packages below it are the engine room and may change in any
 * release.
 *
 * <p>How the packages depend on each other: {@code pipeline} knows {@code store}, {@code operation}, {@code source} and
 * {@code plugin}, and reaches engine and router through the interfaces of {@code io.dokploy.spi} alone; {@code deploy},
 * {@code docker} and {@code traefik} implement those and do not know each other; {@code json}, {@code local}, {@code net},
 * {@code concurrent} and {@code variables} know nobody. {@code notify} knows {@code store} and {@code plugin}.
 */
@NullMarked
package io.dokploy.core;

import org.jspecify.annotations.NullMarked;
