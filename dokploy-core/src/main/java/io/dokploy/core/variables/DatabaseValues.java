package io.dokploy.core.variables;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.error.VariableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;

/** The values of databases in the variables of a release: which are referred to, and what they are now. */
public final class DatabaseValues {

    private final Function<String, Optional<DatabaseConnection>> connections;

    /** @param connections of the release's environment, by the names of databases */
    public DatabaseValues(Function<String, Optional<DatabaseConnection>> connections) {
        this.connections = connections;
    }

    /** The names of all databases that these variables refer to. */
    public static SortedSet<String> databases(Map<String, EnvironmentValue> variables) {
        var names = new TreeSet<String>();
        variables
                .values()
                .forEach(value -> Variables.REFERENCE
                        .matcher(value.reveal())
                        .results()
                        .forEach(found -> DatabaseReference.parse(found.group(1))
                                .ifPresent(reference -> names.add(reference.database()))));
        return names;
    }

    /**
     * The variables with the values of now. What holds a secret is a secret.
     *
     * @throws VariableException if a database is gone, or does not have such a value
     */
    public Map<String, EnvironmentValue> resolve(Map<String, EnvironmentValue> variables) {
        var resolved = new LinkedHashMap<String, EnvironmentValue>();
        variables.forEach((name, value) -> resolved.put(name, resolve(name, value)));
        return resolved;
    }

    private EnvironmentValue resolve(String name, EnvironmentValue raw) {
        Matcher matcher = Variables.REFERENCE.matcher(raw.reveal());
        var text = new StringBuilder();
        boolean secret = raw instanceof Secret;
        while (matcher.find()) {
            var reference = DatabaseReference.parse(matcher.group(1));
            if (reference.isEmpty()) {
                continue;
            }
            var value = value(name, reference.get());
            secret |= value instanceof Secret;
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.reveal()));
        }
        matcher.appendTail(text);
        return secret ? Secret.of(text.toString()) : EnvironmentValue.plain(text.toString());
    }

    /** The value of now; also for the check before a deployment that there is one. */
    EnvironmentValue value(String variable, DatabaseReference reference) {
        var connection = connections
                .apply(reference.database())
                .orElseThrow(() -> failure(
                        variable,
                        reference + " refers to a database that this environment does not have",
                        "Create the database, or correct its name."));
        return reference
                .field()
                .of(connection)
                .orElseThrow(() -> failure(
                        variable,
                        reference + " refers to a value that databases of this engine do not have",
                        "Use one of the others: " + DatabaseReference.Field.keys() + "."));
    }

    private static VariableException failure(String variable, String reason, String remedy) {
        return new VariableException("variable " + variable, reason, remedy);
    }
}
