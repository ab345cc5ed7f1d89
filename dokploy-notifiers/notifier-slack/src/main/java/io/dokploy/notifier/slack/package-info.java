/**
 * Posts notifications to a Slack channel, or to a server that takes the same messages. {@link
 * io.dokploy.notifier.slack.SlackSettings} is the way in; the notifier itself is found by {@link
 * java.util.ServiceLoader}. Texts arrive as they are: none of them becomes a mention, a link or formatting.
 */
@NullMarked
package io.dokploy.notifier.slack;

import org.jspecify.annotations.NullMarked;
