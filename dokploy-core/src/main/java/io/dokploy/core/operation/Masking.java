package io.dokploy.core.operation;

import io.dokploy.api.error.Failure;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.local.SecretMask;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Replaces the secrets that an operation has met so far, in its texts and trees. Thread-safe. */
final class Masking {

    private volatile SecretMask mask = SecretMask.of(List.of());

    synchronized void add(Collection<Secret> secrets) {
        mask = mask.and(secrets);
    }

    String mask(String text) {
        return mask.apply(text);
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
