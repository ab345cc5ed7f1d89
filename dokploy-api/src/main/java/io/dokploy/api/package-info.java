/**
 * What a host application calls. {@link io.dokploy.api.Dokploy} is the one way in; a host gets one from the builder in
 * dokploy-core. {@code dokploy.as(actor).applications()} creates, deploys and rolls back applications; everything that
 * takes time is an {@link io.dokploy.api.Operation}.
 *
 * <p>The tour: {@code application}, {@code source} and {@code route} hold the values that describe an application,
 * {@code release} what came of it, {@code event} what happened, {@code error} what can go wrong, {@code value} the small
 * things that the others are made of. What a plugin implements is in {@code io.dokploy.spi}.
 */
@NullMarked
package io.dokploy.api;

import org.jspecify.annotations.NullMarked;
