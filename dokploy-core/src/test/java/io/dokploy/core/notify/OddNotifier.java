package io.dokploy.core.notify;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;

/** A notifier that does what the test says. */
record OddNotifier(NotificationContract.Behaviour behaviour) implements Notifier {

    @Override
    public String id() {
        return "odd";
    }

    @Override
    public void check(SettingsDocument settings) {}

    @Override
    public Outcome deliver(Notification notification, SettingsDocument settings, PluginContext context) {
        try {
            return behaviour.deliver(notification);
        } catch (Exception e) {
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }
}
