package io.dokploy.core.variables;

import io.dokploy.api.error.VariableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves {@code ${{project.NAME}}}, {@code ${{environment.NAME}}} and {@code ${{NAME}}} (of the same application), at
 * any depth. A project's values may refer to the project's, an environment's to both, an application's to all. What is
 * put together from a secret is a secret.
 */
public final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\{([^}]*)}}");

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

    private Variables(Map<Scope, Map<String, EnvironmentValue>> given) {
        this.given = given;
    }

    /**
     * An application's variables with all references resolved, in their order.
     *
     * @throws VariableException for a name that does not exist or a circle; names the chain
     */
    public static Map<String, EnvironmentValue> resolve(
            Map<String, EnvironmentValue> project,
            Map<String, EnvironmentValue> environment,
            Map<String, EnvironmentValue> application) {
        var variables = new Variables(
                Map.of(Scope.PROJECT, project, Scope.ENVIRONMENT, environment, Scope.APPLICATION, application));
        var result = new LinkedHashMap<String, EnvironmentValue>();
        application
                .keySet()
                .forEach(variable -> result.put(variable, variables.value(new Name(Scope.APPLICATION, variable))));
        return result;
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
            var value = value(target(owner, matcher.group(1).strip()));
            secret |= value instanceof Secret;
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.reveal()));
        }
        matcher.appendTail(text);
        return secret ? Secret.of(text.toString()) : EnvironmentValue.plain(text.toString());
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
                "Define it, or correct the reference: ${{project.X}}, ${{environment.X}} or ${{X}}.");
    }
}
