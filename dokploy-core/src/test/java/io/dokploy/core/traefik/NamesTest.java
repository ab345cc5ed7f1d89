package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.spi.ApplicationRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names are files of the folder: they stay the same, never meet, and lead nowhere else. */
class NamesTest {

    @Test
    void aNameIsTheSameInEveryVersion() {
        assertThat(Names.of(application("store1", "acme", "production", "shop")))
                .isEqualTo("125b74d4_acme_production_shop");
    }

    @Test
    void noTwoApplicationsHaveTheSame() {
        List<String> parts = List.of("aa", "bb", "aa-bb", "bb-aa", "aa--bb");
        Set<String> names = new HashSet<>();
        int applications = 0;
        for (String project : parts) {
            for (String environment : parts) {
                for (String name : parts) {
                    names.add(Names.of(application("store1", project, environment, name)));
                    names.add(Names.of(application("store2", project, environment, name)));
                    applications += 2;
                }
            }
        }
        assertThat(names).hasSize(applications);
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        for (String hostile : List.of("../x", "a/b", "a_b", "..", "", "a\nb", "{{x}}", "A\u0000")) {
            assertThatThrownBy(() -> Names.of(application("store1", hostile, "production", "shop")))
                    .as(hostile)
                    .isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> Names.of(application("store1", "acme", "production", hostile)))
                    .as(hostile)
                    .isInstanceOf(InvalidSpecException.class);
        }
    }

    private static ApplicationRef application(String instance, String project, String environment, String name) {
        return new ApplicationRef(instance, new ApplicationId("app_X"), project, environment, name);
    }
}
