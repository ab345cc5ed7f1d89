package io.dokploy.api.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.ResourceName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that could mean something to an engine, a shell, a file system or DNS is refused before anything starts. */
class HostileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "-shop",
                "shop-",
                "--privileged",
                "Shop",
                "../shop",
                "shop/../../etc",
                "shop\nshop",
                "shop;reboot",
                "$(reboot)",
                "{{ env \"PATH\" }}",
                "shöp",
                "shop.example.com",
                "shop\u0000",
                "a-name-that-is-longer-than-forty-characters"
            })
    void aNameOutsideTheRuleIsRefusedAndTheRuleIsSaid(String name) {
        assertThatThrownBy(() -> spec(name))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("name")
                .hasMessageContaining(ResourceName.RULE);
    }

    @Test
    void whatIsSaidOfABadNameHoldsNoControlCharacterOfIt() {
        assertThatThrownBy(() -> spec("sh\u001b[31mop\nnext line"))
                .isInstanceOf(InvalidSpecException.class)
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("\u001b").doesNotContain("\nnext line"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> ApplicationSpec.named("NO")
                        .source(ImageSource.of("nginx:1"))
                        .replicas(-1)
                        .env("not a name", "x")
                        .label("io.dokploy.app", "mine")
                        .build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("name")
                .hasMessageContaining("replicas")
                .hasMessageContaining("not a name")
                .hasMessageContaining("io.dokploy.app");
    }

    @Property
    void whatIsAcceptedIsADnsLabel(@ForAll String name) {
        boolean accepted = ResourceName.isValid(name);
        assertThat(accepted).isEqualTo(name.matches("[a-z0-9]([a-z0-9-]{0,38})[a-z0-9]"));
    }

    private static ApplicationSpec spec(String name) {
        return ApplicationSpec.named(name).source(ImageSource.of("nginx:1")).build();
    }
}
