package io.dokploy.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.PlainText;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The JSON form of every value of the API. Unknown members are refused, so that nothing of a newer version gets lost.
 * Thread-safe.
 */
public final class ValueJson implements Json {

    private final JsonMapper shown;
    private final JsonMapper stored;
    private final JsonMapper clear;

    /** A form whose secrets are encrypted in the store with {@code cipher}. */
    public ValueJson(TextCipher cipher) {
        shown = mapper(SecretForm.masked());
        stored = mapper(SecretForm.encrypted(cipher));
        clear = mapper(SecretForm.clear());
    }

    /** For people and plugins: secrets are masked. */
    @Override
    public String write(Object value) {
        return converting(value.getClass(), () -> shown.writeValueAsString(value));
    }

    @Override
    public <T> T read(String json, Class<T> type) {
        return converting(type, () -> present(shown.readValue(json, type), type));
    }

    /** For the store: secrets and all environment values are encrypted. */
    public String store(Object value) {
        return converting(value.getClass(), () -> stored.writeValueAsString(value));
    }

    /** Back from the store. */
    public <T> T restore(String json, Class<T> type) {
        return converting(type, () -> present(stored.readValue(json, type), type));
    }

    /** Back from the store: variables by name. */
    public Map<String, EnvironmentValue> restoreVariables(String json) {
        return converting(
                EnvironmentValue.class,
                () -> stored.readValue(
                        json,
                        stored.getTypeFactory()
                                .constructMapType(
                                        java.util.LinkedHashMap.class, String.class, EnvironmentValue.class)));
    }

    /** A value as a tree, to put it into arguments and checkpoints; its secrets are {@link Tree.Sealed}. */
    public Tree.Branch toTree(Object value) {
        return converting(value.getClass(), () -> clear.readValue(clear.writeValueAsString(value), Tree.Branch.class));
    }

    /** Back from {@link #toTree}. */
    public <T> T fromTree(Tree.Branch tree, Class<T> type) {
        return converting(type, () -> present(clear.readValue(clear.writeValueAsString(tree), type), type));
    }

    private static <T> T present(T value, Class<?> type) {
        if (value == null) {
            throw new IllegalArgumentException("null is not a " + type.getSimpleName());
        }
        return value;
    }

    private static <T> T converting(Class<?> type, Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw JsonProblems.of(type, e);
        }
    }

    private static JsonMapper mapper(SecretForm form) {
        var module = new SimpleModule("dokploy-values");
        ScalarForm.addTo(module);
        module.addSerializer(Tree.class, new TreeForm.Writer(form));
        module.addDeserializer(Tree.class, new TreeForm.Reader(form));
        module.addDeserializer(Tree.Branch.class, new TreeForm.BranchReader(form));
        module.addSerializer(EnvironmentValue.class, new SecretValueForm.Writer(form));
        module.addDeserializer(
                EnvironmentValue.class, new SecretValueForm.Reader<>(EnvironmentValue.class, form, value -> value));
        module.addDeserializer(Secret.class, new SecretValueForm.Reader<>(Secret.class, form, SecretValueForm::secret));
        module.addDeserializer(
                PlainText.class, new SecretValueForm.Reader<>(PlainText.class, form, SecretValueForm::plain));
        var builder = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .addModule(module);
        for (Class<?> collection : new Class<?>[] {List.class, Map.class}) {
            builder.withConfigOverride(
                    collection, override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        }
        SealedForm.addTo(builder);
        return builder.build();
    }
}
