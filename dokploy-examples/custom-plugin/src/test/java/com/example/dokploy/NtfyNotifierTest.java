package com.example.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier;
import io.dokploy.testkit.NotifierContract;
import java.net.URI;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NtfyNotifierTest extends NotifierContract {

    @Override
    protected Notifier notifier() {
        return new NtfyNotifier();
    }

    @Override
    protected SettingsDocument settings(URI address) {
        return NtfySettings.of(address, "deployments", Secret.of("hidden-token"))
                .toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                NtfySettings.ID, 1, Tree.branch().put("server", "nowhere").build());
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Notifier.class)).hasAtLeastOneElementOfType(NtfyNotifier.class);
    }
}
