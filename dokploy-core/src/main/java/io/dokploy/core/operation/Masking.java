package io.dokploy.core.operation;

import io.dokploy.api.error.Failure;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * Replaces secrets in texts. A secret of several lines is looked for line by line, and in the form that it has in a URL.
 * Shorter ones than three characters are left: they would blot out everything. Thread-safe.
 */
final class Masking {

    private static final int SHORTEST = 3;
    private static final int SHORTEST_LINE = 8;

    /** The longest first, so that one which holds another is found as a whole. */
    private volatile List<String> hidden = List.of();

    synchronized void add(Collection<Secret> secrets) {
        var all = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        all.addAll(hidden);
        for (Secret secret : secrets) {
            String value = secret.reveal();
            if (value.strip().length() >= SHORTEST) {
                all.add(value.strip());
                all.add(URLEncoder.encode(value.strip(), StandardCharsets.UTF_8));
            }
            value.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(all::add);
        }
        hidden = List.copyOf(all);
    }

    String mask(String text) {
        String masked = text;
        for (String secret : hidden) {
            masked = masked.replace(secret, Secret.MASK);
        }
        return masked;
    }

    Failure mask(Failure failure) {
        return new Failure(
                failure.code(),
                failure.category(),
                mask(failure.subject()),
                mask(failure.reason()),
                mask(failure.remedy()),
                failure.retryAfter());
    }

    Tree.Branch mask(Tree.Branch branch) {
        var entries = new LinkedHashMap<String, Tree>();
        branch.entries().forEach((name, value) -> entries.put(name, mask(value)));
        return new Tree.Branch(entries);
    }

    private Tree mask(Tree tree) {
        if (tree instanceof Tree.Branch branch) {
            return mask(branch);
        }
        if (tree instanceof Tree.Items items) {
            return new Tree.Items(items.values().stream().map(this::mask).toList());
        }
        if (tree instanceof Tree.Text text) {
            return new Tree.Text(mask(text.value()));
        }
        return tree instanceof Tree.Sealed ? new Tree.Text(Secret.MASK) : tree;
    }
}
