package io.dokploy.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** Two images have one identity exactly if all that decides them is the same. */
class ImageIdentityPropertiesTest {

    private static String of(String tree, Map<String, String> arguments, Map<String, Secret> secrets) {
        return new ImageIdentity()
                .add("tree", tree)
                .add("buildArgs", arguments)
                .addVersions("buildSecrets", secrets, ImageIdentityPropertiesTest::version)
                .toHex();
    }

    private static String version(Secret secret) {
        return "v" + secret.reveal().hashCode();
    }

    @Property
    void theOrderOfBuildArgumentsDoesNotCount(
            @ForAll @Size(max = 8) Map<String, String> arguments, @ForAll("orders") java.util.Random random) {
        List<Map.Entry<String, String>> shuffled = new ArrayList<>(arguments.entrySet());
        Collections.shuffle(shuffled, random);
        Map<String, String> same = new LinkedHashMap<>();
        shuffled.forEach(entry -> same.put(entry.getKey(), entry.getValue()));
        assertThat(of("t", same, Map.of())).isEqualTo(of("t", arguments, Map.of()));
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<java.util.Random> orders() {
        return net.jqwik.api.Arbitraries.longs().map(java.util.Random::new);
    }

    @Property
    void anyDifferenceCounts(
            @ForAll String tree,
            @ForAll @Size(max = 4) Map<String, String> arguments,
            @ForAll String otherTree,
            @ForAll @Size(max = 4) Map<String, String> otherArguments) {
        boolean same = tree.equals(otherTree) && arguments.equals(otherArguments);
        assertThat(of(tree, arguments, Map.of()).equals(of(otherTree, otherArguments, Map.of())))
                .isEqualTo(same);
    }

    @Property
    void textThatMovesFromOnePartToTheNextCounts(@ForAll @NotEmpty String a, @ForAll String b) {
        assertThat(new ImageIdentity().add("x", a + b).add("y", "").toHex())
                .isNotEqualTo(new ImageIdentity().add("x", b).add("y", a).toHex());
        assertThat(of("t", Map.of("k", a), Map.of())).isNotEqualTo(of("t", Map.of("k" + a, ""), Map.of()));
    }

    @Property
    void ofSecretsTheVersionCounts(@ForAll String one, @ForAll String two) {
        var asked = new ArrayList<Secret>();
        Function<Secret, String> same = secret -> {
            asked.add(secret);
            return "1";
        };
        assertThat(new ImageIdentity()
                        .addVersions("s", Map.of("K", Secret.of(one)), same)
                        .toHex())
                .isEqualTo(new ImageIdentity()
                        .addVersions("s", Map.of("K", Secret.of(two)), same)
                        .toHex());
        assertThat(asked).hasSize(2);
        assertThat(of("t", Map.of(), Map.of("K", Secret.of(one)))
                        .equals(of("t", Map.of(), Map.of("K", Secret.of(two)))))
                .isEqualTo(version(Secret.of(one)).equals(version(Secret.of(two))));
    }
}
