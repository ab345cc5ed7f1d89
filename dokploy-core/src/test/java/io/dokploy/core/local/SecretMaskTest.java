package io.dokploy.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    private static SecretMask mask(String... secrets) {
        return SecretMask.of(List.of(secrets).stream().map(Secret::of).toList());
    }

    @Test
    void a_secret_is_masked_wherever_it_stands() {
        assertThat(mask("hunter2!").apply("a hunter2! b hunter2!")).isEqualTo("a ******** b ********");
    }

    @Test
    void encoded_forms_are_masked() {
        String secret = "p@ss w/rd?+ü";
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(mask(secret).apply("https://u:p%40ss%20w%2Frd%3F%2B%C3%BC@h/ " + base64))
                .isEqualTo("https://u:********@h/ ********"
                        + "=".repeat((int) base64.chars().filter(c -> c == '=').count()));
    }

    @Test
    void each_line_of_a_key_is_masked() {
        String masked =
                mask("-----BEGIN KEY-----\nabcdefgh\n\nxy\nijklmnop\n").apply("line ijklmnop, then abcdefgh; xy");
        assertThat(masked).isEqualTo("line ********, then ********; xy");
    }

    @Test
    void a_secret_that_contains_another_is_masked_whole() {
        assertThat(mask("pass", "password-long").apply("password-long pass")).isEqualTo("******** ********");
    }

    @Test
    void values_shorter_than_four_characters_are_left_alone() {
        assertThat(mask("abc", "").apply("abc alphabet")).isEqualTo("abc alphabet");
    }

    @Property
    void no_secret_is_ever_seen(@ForAll("secrets") String secret, @ForAll String before, @ForAll String after) {
        assertThat(mask(secret).apply(before + secret + after).split("\\Q********\\E", -1))
                .noneMatch(part -> part.contains(secret));
    }

    /** Nobody could tell a secret of asterisks from the mask. */
    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().ofMinLength(4).ofMaxLength(40).filter(secret -> !Secret.MASK.contains(secret));
    }
}
