package io.dokploy.core.json;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.PlainText;
import io.dokploy.api.value.Secret;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** {@link EnvironmentValue}: a text where it may be shown, an object with one member where it may not. */
final class SecretValueForm {

    /** A plain environment value in the store: encrypted too, but shown when read. */
    static final String TEXT = "$text";

    private SecretValueForm() {}

    static final class Writer extends StdSerializer<EnvironmentValue> {
        private final SecretForm form;

        Writer(SecretForm form) {
            super(EnvironmentValue.class);
            this.form = form;
        }

        @Override
        public void serialize(EnvironmentValue value, JsonGenerator out, SerializationContext context) {
            if (value instanceof PlainText && !form.hidesPlainText()) {
                out.writeString(value.reveal());
                return;
            }
            out.writeStartObject();
            out.writeStringProperty(value instanceof PlainText ? TEXT : TreeForm.SECRET, form.write(value.reveal()));
            out.writeEndObject();
        }
    }

    /** Reads a value; {@code narrow} says what may come. */
    static final class Reader<T extends EnvironmentValue> extends StdDeserializer<T> {
        private final SecretForm form;
        private final Function<EnvironmentValue, T> narrow;

        Reader(Class<T> type, SecretForm form, Function<EnvironmentValue, T> narrow) {
            super(type);
            this.form = form;
            this.narrow = narrow;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            return narrow.apply(toValue(context.readTree(in)));
        }

        private EnvironmentValue toValue(JsonNode node) {
            if (node.isString()) {
                return new PlainText(node.stringValue());
            }
            JsonNode secret = node.get(TreeForm.SECRET);
            if (node.size() == 1 && secret != null && secret.isString()) {
                return Secret.of(form.read(secret.stringValue()));
            }
            JsonNode text = node.get(TEXT);
            if (form.hidesPlainText() && node.size() == 1 && text != null && text.isString()) {
                return new PlainText(form.read(text.stringValue()));
            }
            throw new IllegalArgumentException("must be a text or {\"" + TreeForm.SECRET + "\": text}");
        }
    }

    static Secret secret(EnvironmentValue value) {
        if (value instanceof Secret secret) {
            return secret;
        }
        throw new IllegalArgumentException("must be {\"" + TreeForm.SECRET + "\": text}");
    }

    static PlainText plain(EnvironmentValue value) {
        if (value instanceof PlainText text) {
            return text;
        }
        throw new IllegalArgumentException("must be a text");
    }
}
