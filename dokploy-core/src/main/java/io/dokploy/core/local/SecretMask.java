package io.dokploy.core.local;

import io.dokploy.api.value.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Replaces secrets in texts by {@link Secret#MASK}: the value itself, each line of a value with several, its
 * URL-encoded and Base64 forms, and what of its Base64 form stays the same inside a longer text, as in the header of
 * basic authentication. Values and lines shorter than {@value #SHORTEST} characters are left alone, since
 * masking them would make texts unreadable and tell the value by what is missing. Immutable, thread-safe.
 */
public final class SecretMask implements UnaryOperator<String> {

    private static final int SHORTEST = 4;
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Set<String> forms;

    private SecretMask(Set<String> forms) {
        this.forms = forms;
    }

    /** Masks these. */
    public static SecretMask of(Collection<Secret> secrets) {
        return new SecretMask(Set.of()).and(secrets);
    }

    /** Masks these as well. */
    public SecretMask and(Collection<Secret> secrets) {
        if (secrets.isEmpty()) {
            return this;
        }
        // The longest first: a secret that contains another one must be masked whole.
        Set<String> all = new TreeSet<>(LONGEST_FIRST);
        all.addAll(forms);
        secrets.forEach(secret -> addForms(secret.reveal(), all));
        return new SecretMask(all);
    }

    /** The text with every secret masked. */
    @Override
    public String apply(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, Secret.MASK);
        }
        return masked;
    }

    private static void addForms(String value, Set<String> forms) {
        Stream.concat(Stream.of(value, value.strip()), value.lines().map(String::strip))
                .filter(part -> part.length() >= SHORTEST)
                .forEach(part -> {
                    forms.add(part);
                    forms.addAll(encoded(part));
                });
    }

    private static List<String> encoded(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        var forms = new ArrayList<>(List.of(form, form.replace("+", "%20")));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            // Unpadded forms cover the padded ones but for the padding, which tells nothing.
            forms.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                forms.add(inside(encoder, bytes, before));
            }
        }
        forms.removeIf(text -> text.length() < SHORTEST);
        return forms;
    }

    /** The characters that only these bytes decide, in a text with so many other bytes before them, modulo 3. */
    private static String inside(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] text = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, text, before, bytes.length);
        int firstWhole = (before * 8 + 5) / 6;
        int firstShared = text.length * 8 / 6;
        return encoder.encodeToString(text).substring(firstWhole, firstShared);
    }
}
