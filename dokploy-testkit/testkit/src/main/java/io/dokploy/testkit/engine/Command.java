package io.dokploy.testkit.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A command inside a container, as the test wants it. Runs in a thread of its own, which closing the session interrupts. */
@FunctionalInterface
public interface Command {

    /** Runs it. @return its exit code */
    int run(Invocation invocation) throws IOException, InterruptedException;

    /**
     * One run of a command.
     *
     * @param arguments   program and arguments
     * @param environment of the container and the call
     * @param stdin       its input; at its end at once where none was asked for
     * @param stdout      its output
     * @param stderr      its other output
     */
    record Invocation(
            List<String> arguments,
            Map<String, String> environment,
            InputStream stdin,
            OutputStream stdout,
            OutputStream stderr) {}
}
