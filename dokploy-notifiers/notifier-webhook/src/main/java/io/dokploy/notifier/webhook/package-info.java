/**
 * Posts notifications as JSON, with a signature, to any address. {@link io.dokploy.notifier.webhook.WebhookSettings} is
 * the way in, and says how a receiver checks the signature. The notifier itself is found by {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package io.dokploy.notifier.webhook;

import org.jspecify.annotations.NullMarked;
