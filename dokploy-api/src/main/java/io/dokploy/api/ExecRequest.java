package io.dokploy.api;

import io.dokploy.api.error.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to run inside a container.
 *
 * @param arguments   program and arguments, not empty
 * @param environment further variables
 * @param user        name or id, default the container's
 * @param directory   where to run, default the container's
 * @param stdin       whether something will be written to its input
 */
public record ExecRequest(
        List<String> arguments,
        Map<String, String> environment,
        Optional<String> user,
        Optional<String> directory,
        boolean stdin) {
    public ExecRequest {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        Problems.of("exec")
                .require(!arguments.isEmpty(), "arguments", "must not be empty")
                .throwIfAny();
    }

    /** That command, without input. */
    public static ExecRequest of(String... arguments) {
        return new ExecRequest(List.of(arguments), Map.of(), Optional.empty(), Optional.empty(), false);
    }

    /** The same with input. */
    public ExecRequest withStdin() {
        return new ExecRequest(arguments, environment, user, directory, true);
    }

    /** The same with variables. */
    public ExecRequest environment(Map<String, String> variables) {
        return new ExecRequest(arguments, variables, user, directory, stdin);
    }

    /** The same as that user. */
    public ExecRequest user(String nameOrId) {
        return new ExecRequest(arguments, environment, Optional.of(nameOrId), directory, stdin);
    }

    /** The same in that directory. */
    public ExecRequest directory(String path) {
        return new ExecRequest(arguments, environment, user, Optional.of(path), stdin);
    }
}
