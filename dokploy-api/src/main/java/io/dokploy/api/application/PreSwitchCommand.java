package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import java.time.Duration;
import java.util.List;

/**
 * A command that runs once from the new image before the switch: a database migration. Two never run at once for one
 * application. After a crash it runs again, so it must bear that. If it fails, the deployment ends and the old release
 * goes on serving.
 *
 * @param arguments program and arguments
 * @param timeout   how long it may take, default 10 minutes
 */
public record PreSwitchCommand(List<String> arguments, Duration timeout) {
    public PreSwitchCommand {
        arguments = List.copyOf(arguments);
        Problems.of("pre-switch command")
                .require(!arguments.isEmpty(), "arguments", "must not be empty")
                .require(timeout.compareTo(Duration.ZERO) > 0, "timeout", "must be positive")
                .throwIfAny();
    }

    /** That command with at most 10 minutes. */
    public static PreSwitchCommand of(String... arguments) {
        return new PreSwitchCommand(List.of(arguments), Duration.ofMinutes(10));
    }
}
