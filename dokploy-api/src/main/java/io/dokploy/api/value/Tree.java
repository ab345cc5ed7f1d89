package io.dokploy.api.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small immutable tree of data, the form in which settings of plugins and data of events are kept. It maps to JSON
 * one to one, but for {@link Sealed}, which is a {@link Secret} and is encrypted where it is stored.
 */
public sealed interface Tree {

    /** Named branches, in order. */
    record Branch(Map<String, Tree> entries) implements Tree {
        public Branch {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The entry of that name. */
        public Optional<Tree> get(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        /** The text of that name, or {@code fallback} where there is none. */
        public String text(String name, String fallback) {
            return entries.get(name) instanceof Text text ? text.value() : fallback;
        }

        /** The text of that name, if there is one. */
        public Optional<String> text(String name) {
            return entries.get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
        }

        /** The truth value of that name, or {@code fallback} where there is none. */
        public boolean flag(String name, boolean fallback) {
            return entries.get(name) instanceof Flag flag ? flag.value() : fallback;
        }

        /** The number of that name, or {@code fallback} where there is none. */
        public long number(String name, long fallback) {
            return entries.get(name) instanceof Number number ? number.value() : fallback;
        }

        /** The secret of that name, if there is one. */
        public Optional<Secret> secret(String name) {
            return entries.get(name) instanceof Sealed sealed ? Optional.of(sealed.secret()) : Optional.empty();
        }

        /** The branch of that name, or an empty one. */
        public Branch branch(String name) {
            return entries.get(name) instanceof Branch branch ? branch : new Branch(Map.of());
        }

        /** The texts in the list of that name, or none. */
        public List<String> texts(String name) {
            return entries.get(name) instanceof Items items
                    ? items.values().stream()
                            .filter(Text.class::isInstance)
                            .map(item -> ((Text) item).value())
                            .toList()
                    : List.of();
        }
    }

    /** A list. */
    record Items(List<Tree> values) implements Tree {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A text. */
    record Text(String value) implements Tree {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A whole number. */
    record Number(long value) implements Tree {}

    /** A number with a fraction. */
    record Decimal(double value) implements Tree {}

    /** True or false. */
    record Flag(boolean value) implements Tree {}

    /** A secret; masked in every text form but the store's, where it is encrypted. */
    record Sealed(Secret secret) implements Tree {
        public Sealed {
            Objects.requireNonNull(secret, "secret");
        }
    }

    /** JSON's null. */
    record Nothing() implements Tree {}

    /** A new branch. */
    static BranchBuilder branch() {
        return new BranchBuilder();
    }

    /** Puts a branch together; absent values ({@code null}, empty) are left out. Not thread-safe. */
    final class BranchBuilder {
        private final Map<String, Tree> entries = new LinkedHashMap<>();

        private BranchBuilder() {}

        /** Puts a tree. */
        public BranchBuilder put(String name, Tree value) {
            entries.put(name, value);
            return this;
        }

        /** Puts a text, unless it is null. */
        public BranchBuilder put(String name, @Nullable String value) {
            return value == null ? this : put(name, new Text(value));
        }

        /** Puts a number. */
        public BranchBuilder put(String name, long value) {
            return put(name, new Number(value));
        }

        /** Puts a truth value. */
        public BranchBuilder put(String name, boolean value) {
            return put(name, new Flag(value));
        }

        /** Puts a secret, unless it is null. */
        public BranchBuilder put(String name, @Nullable Secret value) {
            return value == null ? this : put(name, new Sealed(value));
        }

        /** Puts a list of texts. */
        public BranchBuilder put(String name, List<String> values) {
            return put(name, new Items(values.stream().<Tree>map(Text::new).toList()));
        }

        /** Puts named texts. */
        public BranchBuilder put(String name, Map<String, String> values) {
            var branch = new BranchBuilder();
            values.forEach(branch::put);
            return put(name, branch.build());
        }

        /** Puts named secrets. */
        public BranchBuilder putSecrets(String name, Map<String, Secret> values) {
            var branch = new BranchBuilder();
            values.forEach(branch::put);
            return put(name, branch.build());
        }

        /** The branch. */
        public Branch build() {
            return new Branch(entries);
        }
    }
}
