package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that is run inside the container of a database. Secrets go into its environment or its input, never into its
 * arguments.
 *
 * @param arguments   program and arguments
 * @param environment variables of its own
 * @param input       what it reads, if it is not given a stream
 */
@Experimental
public record EngineCommand(
        List<String> arguments, Map<String, EnvironmentValue> environment, Optional<EnvironmentValue> input) {
    public EngineCommand {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        Problems.of("command")
                .require(!arguments.isEmpty(), "arguments", "must not be empty")
                .throwIfAny();
    }

    /** That program with those arguments. */
    public static EngineCommand of(String... arguments) {
        return new EngineCommand(List.of(arguments), Map.of(), Optional.empty());
    }

    /** The same with another program and other arguments. */
    public EngineCommand arguments(List<String> others) {
        return new EngineCommand(others, environment, input);
    }

    /** The same with one more variable. */
    public EngineCommand with(String name, EnvironmentValue value) {
        var all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new EngineCommand(arguments, all, input);
    }

    /** The same, reading that text. */
    public EngineCommand reading(EnvironmentValue text) {
        return new EngineCommand(arguments, environment, Optional.of(text));
    }
}
