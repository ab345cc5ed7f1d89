package io.dokploy.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.Source;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.SoftAssertions;

/** Whatever is kept comes back as it was, and nobody reads its secrets. */
class ValueJsonPropertiesTest {

    private static final List<Class<?>> KINDS =
            List.of(Source.class, GitCredentials.class, HealthCheck.class, Mount.class, Rollout.class, Tls.class);

    private final ValueJson json =
            new ValueJson(new TextCipher(KeyProvider.of(MasterKey.random(new SecureRandom())), new SecureRandom()));

    @Property(tries = 100)
    void anApplicationComesBackFromTheStoreAsItWasAndUnreadable(@ForAll("specs") ApplicationSpec spec) {
        String stored = json.store(spec);

        assertThat(json.restore(stored, ApplicationSpec.class)).isEqualTo(spec);
        assertThat(json.fromTree(json.toTree(spec), ApplicationSpec.class)).isEqualTo(spec);
        assertThat(stored).doesNotContain(Values.SECRET);
        assertThat(json.write(spec)).doesNotContain(Values.SECRET).contains(Secret.MASK);
    }

    @Property(tries = 100)
    void settingsOfAPluginThatIsMissingAreKeptAsTheyAre(@ForAll("branches") Tree.Branch tree) {
        String stored = json.store(tree);

        assertThat(json.restore(stored, Tree.Branch.class)).isEqualTo(tree);
        assertThat(stored).doesNotContain(Values.SECRET);
        assertThat(json.write(tree)).doesNotContain(Values.SECRET);
    }

    @Property(tries = 100)
    void noTextBecomesASecretAndNoSecretAText(@ForAll("texts") String text) {
        var tree =
                Tree.branch().put("text", text).put("secret", Secret.of(text)).build();

        Tree.Branch restored = json.restore(json.store(tree), Tree.Branch.class);

        assertThat(restored.text("text")).contains(text);
        assertThat(restored.secret("secret")).contains(Secret.of(text));
        assertThat(restored.secret("text")).isEmpty();
    }

    @Property(tries = 50)
    void whatANewerVersionHasWrittenIsRefusedNeverDropped(@ForAll("specs") ApplicationSpec spec) {
        String newer = json.store(spec).replaceFirst("^\\{", "{\"ofANewerVersion\":1,");

        assertThatThrownBy(() -> json.restore(newer, ApplicationSpec.class))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ofANewerVersion")
                .hasMessageContaining("is not known");
    }

    @Property(tries = 50)
    void damagedTextIsAnErrorOfTheApi(@ForAll("specs") ApplicationSpec spec, @ForAll int place) {
        String whole = json.store(spec);
        String cut = whole.substring(0, Math.floorMod(place, whole.length()));

        assertThatThrownBy(() -> json.restore(cut, ApplicationSpec.class)).isInstanceOf(InvalidSpecException.class);
    }

    @Example
    void eachKindOfAValueHasAForm() {
        var kinds = KINDS.stream().flatMap(ValueJsonPropertiesTest::leaves).toList();
        assertThat(Values.OF_EACH_KIND)
                .extracting(value -> (Object) value.getClass())
                .containsAll(kinds);
        var softly = new SoftAssertions();
        for (Object value : Values.OF_EACH_KIND) {
            Class<?> type = KINDS.stream()
                    .filter(kind -> kind.isInstance(value))
                    .findFirst()
                    .orElseThrow();
            softly.assertThat((Object) json.restore(json.store(value), type)).isEqualTo(value);
        }
        softly.assertAll();
    }

    @Example
    void theMaskOfASecretIsNotTakenForTheSecret() {
        String shown = json.write(new GitCredentials.Basic("ada", Secret.of("password")));

        assertThatThrownBy(() -> json.read(shown, GitCredentials.class))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("mask");
    }

    @Provide
    Arbitrary<ApplicationSpec> specs() {
        return Values.specs();
    }

    @Provide
    Arbitrary<Tree.Branch> branches() {
        return Values.branches();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Values.texts(),
                Arbitraries.of("{\"$secret\":\"v1:0123456789abcdef:AAAA\"}", "$secret", "$text", Secret.MASK));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ValueJsonPropertiesTest::leaves)
                : Stream.of(type);
    }
}
