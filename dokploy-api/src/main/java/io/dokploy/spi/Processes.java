package io.dokploy.spi;

import io.dokploy.api.value.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts programs on the machine of this JVM, with argument lists and never through a shell. When the call's cancel
 * token fires, the program and its children are ended.
 */
public interface Processes {

    /**
     * Runs a program to its end.
     *
     * @param command what to run
     * @param output  gets each line of both outputs, secrets masked
     * @return the exit code
     * @throws io.dokploy.api.error.DokployException if it cannot be started, or did not end within its timeout
     */
    int run(ProcessCommand command, Consumer<String> output);

    /**
     * A program to run.
     *
     * @param arguments   program and arguments; no secrets, since anybody on the machine can read them
     * @param environment added to a small clean environment (PATH, HOME, proxy settings)
     * @param secrets     added too, and masked in the output
     * @param directory   where it runs
     * @param timeout     after which it is ended
     */
    record ProcessCommand(
            List<String> arguments,
            Map<String, String> environment,
            Map<String, Secret> secrets,
            Path directory,
            Duration timeout) {
        public ProcessCommand {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            secrets = Map.copyOf(secrets);
            io.dokploy.api.error.Problems.of("process")
                    .require(!arguments.isEmpty(), "arguments", "must not be empty")
                    .throwIfAny();
        }
    }
}
