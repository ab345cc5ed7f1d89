package io.dokploy.core.variables;

import io.dokploy.api.error.VariableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Resolves {@code ${{project.NAME}}}, {@code ${{environment.NAME}}} and {@code ${{NAME}}} (of the same application), at
 * any depth. A project's values may refer to the project's, an environment's to both, an application's to all. What is
 * put together from a secret is a secret. A {@link DatabaseReference} is checked and left for {@link DatabaseValues}.
 */
public final class Variables {

    static final Pattern REFERENCE = Pattern.compile("\\$\\{\\{([^}]*)}}");

    private enum Scope {
        PROJECT("project."),
        ENVIRONMENT("environment."),
        APPLICATION("");

        final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    private record Name(Scope scope, String variable) {
        @Override
        public String toString() {
            return scope.prefix + variable;
        }
    }

    private final Map<Scope, Map<String, EnvironmentValue>> given;
    private final Map<Name, EnvironmentValue> resolved = new LinkedHashMap<>();
    private final Set<Name> underWay = new LinkedHashSet<>();

    private final DatabaseValues databases;

    private Variables(Map<Scope, Map<String, EnvironmentValue>> given, DatabaseValues databases) {
        this.given = given;
        this.databases = databases;
    }

    /**
     * An application's variables with all references resolved but those to databases, in their order.
     *
     * @throws VariableException for names that do not exist and circles, all that there are; names the chains
     */
    public static Map<String, EnvironmentValue> resolve(
            Map<String, EnvironmentValue> project,
            Map<String, EnvironmentValue> environment,
            Map<String, EnvironmentValue> application,
            DatabaseValues databases) {
        var variables = new Variables(
                Map.of(Scope.PROJECT, project, Scope.ENVIRONMENT, environment, Scope.APPLICATION, application),
                databases);
        var result = new LinkedHashMap<String, EnvironmentValue>();
        var failures = new LinkedHashMap<String, VariableException>();
        for (String variable : application.keySet()) {
            variables.underWay.clear();
            try {
                result.put(variable, variables.value(new Name(Scope.APPLICATION, variable)));
            } catch (VariableException e) {
                failures.putIfAbsent(e.failure().reason(), e);
            }
        }
        throwAll(List.copyOf(failures.values()));
        return result;
    }

    private static void throwAll(List<VariableException> failures) {
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            throw new VariableException(
                    "variables",
                    failures.stream()
                            .map(failure -> failure.failure().subject() + ": "
                                    + failure.failure().reason())
                            .collect(Collectors.joining("; ")),
                    failures.stream()
                            .map(failure -> failure.failure().remedy())
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }
    }

    private EnvironmentValue value(Name name) {
        var known = resolved.get(name);
        if (known != null) {
            return known;
        }
        var raw = given.getOrDefault(name.scope(), Map.of()).get(name.variable());
        if (raw == null) {
            throw failure(name, "there is no variable " + name + chain(name));
        }
        if (!underWay.add(name)) {
            throw failure(name, "it refers to itself" + chain(name));
        }
        var value = substitute(name, raw);
        underWay.remove(name);
        resolved.put(name, value);
        return value;
    }

    private EnvironmentValue substitute(Name owner, EnvironmentValue raw) {
        Matcher matcher = REFERENCE.matcher(raw.reveal());
        var text = new StringBuilder();
        boolean secret = raw instanceof Secret;
        while (matcher.find()) {
            var reference = matcher.group(1).strip();
            if (reference.startsWith(DatabaseReference.PREFIX)) {
                matcher.appendReplacement(
                        text,
                        Matcher.quoteReplacement(database(owner, reference).toString()));
                continue;
            }
            var value = value(target(owner, reference));
            secret |= value instanceof Secret;
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.reveal()));
        }
        matcher.appendTail(text);
        return secret ? Secret.of(text.toString()) : EnvironmentValue.plain(text.toString());
    }

    private DatabaseReference database(Name owner, String text) {
        if (owner.scope() == Scope.PROJECT) {
            throw failure(
                    owner, "a variable of a project cannot refer to a database, which an environment has: " + text);
        }
        var reference = DatabaseReference.parse(text)
                .orElseThrow(() -> failure(
                        owner, "${{" + text + "}} names no value of a database: " + DatabaseReference.Field.keys()));
        databases.value(owner.toString(), reference);
        return reference;
    }

    /** A reference without prefix means the scope that it stands in. */
    private static Name target(Name owner, String reference) {
        for (Scope scope : new Scope[] {Scope.PROJECT, Scope.ENVIRONMENT}) {
            if (reference.startsWith(scope.prefix)) {
                if (scope == Scope.ENVIRONMENT && owner.scope() == Scope.PROJECT) {
                    throw failure(owner, "a variable of a project cannot refer to one of an environment: " + reference);
                }
                return new Name(scope, reference.substring(scope.prefix.length()));
            }
        }
        return new Name(owner.scope(), reference);
    }

    private String chain(Name last) {
        if (underWay.isEmpty()) {
            return "";
        }
        var names = new StringBuilder(" (");
        underWay.forEach(name -> names.append(name).append(" → "));
        return names.append(last).append(')').toString();
    }

    private static VariableException failure(Name name, String reason) {
        return new VariableException(
                "variable " + name,
                reason,
                "Define it, or correct the reference: ${{project.X}}, ${{environment.X}}, ${{database.NAME.url}} or ${{X}}.");
    }
}
