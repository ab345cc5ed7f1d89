/**
 * Events become notifications and reach their channels: at least once, each channel by itself. {@code NotificationFeed}
 * reads the event log from where its channel was and fills the outbox, {@code ChannelWorker} empties it, {@code
 * NotifierCall} calls the plugin and {@code RetryPolicy} says how long it is tried; {@link
 * io.dokploy.core.notify.NotificationService} is the way in. Knows {@code store}, {@code plugin}, {@code concurrent} and
 * {@code local}.
 */
@NullMarked
package io.dokploy.core.notify;

import org.jspecify.annotations.NullMarked;
