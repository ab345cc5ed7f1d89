package io.dokploy.core.json;

import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import java.util.LinkedHashMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** {@link Tree} as plain JSON; a secret in it is an object with the one member {@value #SECRET}. */
final class TreeForm {

    static final String SECRET = "$secret";

    private TreeForm() {}

    static final class Writer extends StdSerializer<Tree> {
        private final SecretForm form;

        Writer(SecretForm form) {
            super(Tree.class);
            this.form = form;
        }

        @Override
        public void serialize(Tree tree, JsonGenerator out, SerializationContext context) {
            if (tree instanceof Tree.Branch branch) {
                out.writeStartObject();
                branch.entries().forEach((name, value) -> {
                    if (name.equals(SECRET)) {
                        throw new IllegalArgumentException("the name " + SECRET + " is reserved for secrets");
                    }
                    out.writeName(name);
                    serialize(value, out, context);
                });
                out.writeEndObject();
            } else if (tree instanceof Tree.Items items) {
                out.writeStartArray();
                items.values().forEach(item -> serialize(item, out, context));
                out.writeEndArray();
            } else if (tree instanceof Tree.Sealed sealed) {
                out.writeStartObject();
                out.writeStringProperty(SECRET, form.write(sealed.secret().reveal()));
                out.writeEndObject();
            } else {
                writeLeaf(tree, out);
            }
        }

        private static void writeLeaf(Tree tree, JsonGenerator out) {
            if (tree instanceof Tree.Text text) {
                out.writeString(text.value());
            } else if (tree instanceof Tree.Number number) {
                out.writeNumber(number.value());
            } else if (tree instanceof Tree.Decimal decimal) {
                if (!Double.isFinite(decimal.value())) {
                    throw new IllegalArgumentException("JSON has no number for " + decimal.value());
                }
                out.writeNumber(decimal.value());
            } else if (tree instanceof Tree.Flag flag) {
                out.writeBoolean(flag.value());
            } else {
                out.writeNull();
            }
        }
    }

    static final class Reader extends StdDeserializer<Tree> {
        private final SecretForm form;

        Reader(SecretForm form) {
            super(Tree.class);
            this.form = form;
        }

        @Override
        public Tree deserialize(JsonParser in, DeserializationContext context) {
            return toTree(context.readTree(in));
        }

        @Override
        public Tree getNullValue(DeserializationContext context) {
            return new Tree.Nothing();
        }

        private Tree toTree(JsonNode node) {
            if (node.isObject()) {
                return toBranch(node);
            }
            if (node.isArray()) {
                return new Tree.Items(node.values().stream().map(this::toTree).toList());
            }
            if (node.isString()) {
                return new Tree.Text(node.stringValue());
            }
            if (node.isBoolean()) {
                return new Tree.Flag(node.booleanValue());
            }
            if (node.isIntegralNumber()) {
                if (!node.canConvertToLong()) {
                    throw new IllegalArgumentException("a whole number is too large");
                }
                return new Tree.Number(node.longValue());
            }
            return node.isNumber() ? new Tree.Decimal(node.doubleValue()) : new Tree.Nothing();
        }

        private Tree toBranch(JsonNode node) {
            JsonNode secret = node.get(SECRET);
            if (secret != null) {
                if (node.size() != 1 || !secret.isString()) {
                    throw new IllegalArgumentException("an object with " + SECRET + " must hold that one text only");
                }
                return new Tree.Sealed(Secret.of(form.read(secret.stringValue())));
            }
            var entries = new LinkedHashMap<String, Tree>();
            node.properties().forEach(entry -> entries.put(entry.getKey(), toTree(entry.getValue())));
            return new Tree.Branch(entries);
        }
    }

    static final class BranchReader extends StdDeserializer<Tree.Branch> {
        private final Reader reader;

        BranchReader(SecretForm form) {
            super(Tree.Branch.class);
            this.reader = new Reader(form);
        }

        @Override
        public Tree.Branch deserialize(JsonParser in, DeserializationContext context) {
            if (reader.deserialize(in, context) instanceof Tree.Branch branch) {
                return branch;
            }
            throw new IllegalArgumentException("must be an object");
        }
    }
}
