/**
 * What happened and happens: one envelope, {@link io.dokploy.api.event.Event}, for logs, notifiers, metrics, history and
 * consoles alike. Plugins may add types of their own.
 */
@NullMarked
package io.dokploy.api.event;

import org.jspecify.annotations.NullMarked;
