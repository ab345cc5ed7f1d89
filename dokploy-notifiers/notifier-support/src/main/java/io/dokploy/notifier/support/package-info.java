/**
 * What notifiers share that post to an HTTP address. {@link io.dokploy.notifier.support.HttpDelivery} sends a request
 * within a deadline and never tells more of the address than its host; {@link io.dokploy.notifier.support.HttpAnswer}
 * says what an answer means for a delivery. Third parties may use it too.
 */
@NullMarked
package io.dokploy.notifier.support;

import org.jspecify.annotations.NullMarked;
