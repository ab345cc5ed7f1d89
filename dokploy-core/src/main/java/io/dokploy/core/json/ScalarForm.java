package io.dokploy.core.json;

import io.dokploy.api.Actor;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.OperationId;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.ByteSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Values that are one text or one number: ids, actors, paths, byte sizes. */
final class ScalarForm {

    private ScalarForm() {}

    static void addTo(SimpleModule module) {
        text(module, ApplicationId.class, ApplicationId::value, ApplicationId::new);
        text(module, ReleaseId.class, ReleaseId::value, ReleaseId::new);
        text(module, OperationId.class, OperationId::value, OperationId::new);
        text(module, Actor.class, Actor::name, Actor::new);
        text(module, Path.class, Path::toString, ScalarForm::path);
        module.addSerializer(ByteSize.class, new SizeWriter());
        module.addDeserializer(ByteSize.class, new SizeReader());
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> toText, Function<String, T> toValue) {
        module.addSerializer(type, new TextWriter<>(type, toText));
        module.addDeserializer(type, new TextReader<>(type, toValue));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path of this system", e);
        }
    }

    private static final class TextWriter<T> extends StdSerializer<T> {
        private final Function<T, String> toText;

        TextWriter(Class<T> type, Function<T, String> toText) {
            super(type);
            this.toText = toText;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(toText.apply(value));
        }
    }

    private static final class TextReader<T> extends StdDeserializer<T> {
        private final Function<String, T> toValue;

        TextReader(Class<T> type, Function<String, T> toValue) {
            super(type);
            this.toValue = toValue;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            JsonNode node = context.readTree(in);
            if (!node.isString()) {
                throw new IllegalArgumentException("must be a text");
            }
            return toValue.apply(node.stringValue());
        }
    }

    private static final class SizeWriter extends StdSerializer<ByteSize> {
        SizeWriter() {
            super(ByteSize.class);
        }

        @Override
        public void serialize(ByteSize value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(value.bytes());
        }
    }

    private static final class SizeReader extends StdDeserializer<ByteSize> {
        SizeReader() {
            super(ByteSize.class);
        }

        @Override
        public ByteSize deserialize(JsonParser in, DeserializationContext context) {
            JsonNode node = context.readTree(in);
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw new IllegalArgumentException("must be a whole number of bytes");
            }
            return new ByteSize(node.longValue());
        }
    }
}
