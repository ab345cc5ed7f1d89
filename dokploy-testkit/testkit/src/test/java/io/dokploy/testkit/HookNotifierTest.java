package io.dokploy.testkit;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier;
import java.net.URI;

class HookNotifierTest extends NotifierContract {

    @Override
    protected Notifier notifier() {
        return new HookNotifier();
    }

    @Override
    protected SettingsDocument settings(URI address) {
        var values = Tree.branch().put("url", address.toString()).put("token", Secret.of("token-4711"));
        return new SettingsDocument("hook", 1, values.build());
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "hook", 1, Tree.branch().put("url", "nowhere").build());
    }
}
