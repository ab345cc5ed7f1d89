package io.dokploy.api.application;

import java.time.Duration;
import java.util.List;

/**
 * How a new release proves that it can serve, before it gets any traffic.
 *
 * <p>All checks share one deadline, {@link ApplicationSpec#healthyWithin()}; a check is tried every
 * {@link #DEFAULT_INTERVAL} until it passes or the deadline ends.
 */
public sealed interface HealthCheck
        permits HttpHealthCheck, HealthCheck.Tcp, HealthCheck.Command, HealthCheck.Image, HealthCheck.Settle {

    /** The pause between two tries. */
    Duration DEFAULT_INTERVAL = Duration.ofMillis(250);

    /**
     * A TCP connection is accepted; tried from inside the application's network.
     *
     * @param port of the container
     */
    record Tcp(int port) implements HealthCheck {
        public Tcp {
            io.dokploy.api.error.Problems.of("tcp health check")
                    .require(port >= 1 && port <= 65535, "port", "must be between 1 and 65535")
                    .throwIfAny();
        }
    }

    /**
     * A command inside the container ends with exit code 0.
     *
     * @param arguments program and arguments, not empty
     */
    record Command(List<String> arguments) implements HealthCheck {
        public Command {
            arguments = List.copyOf(arguments);
            io.dokploy.api.error.Problems.of("command health check")
                    .require(!arguments.isEmpty(), "arguments", "must not be empty")
                    .throwIfAny();
        }
    }

    /** The image's own HEALTHCHECK, with its own interval, says healthy. */
    record Image() implements HealthCheck {}

    /**
     * The container stays up for a time: for workers that listen to nothing.
     *
     * @param duration how long
     */
    record Settle(Duration duration) implements HealthCheck {
        public Settle {
            io.dokploy.api.error.Problems.of("settle health check")
                    .require(!duration.isNegative(), "duration", "must not be negative")
                    .throwIfAny();
        }
    }

    /** Accepts a TCP connection. */
    static HealthCheck tcp(int port) {
        return new Tcp(port);
    }

    /** A command inside ends with 0. */
    static HealthCheck command(String... arguments) {
        return new Command(List.of(arguments));
    }

    /** What the image declares. */
    static HealthCheck image() {
        return new Image();
    }

    /** Stays up for a time. */
    static HealthCheck settle(Duration duration) {
        return new Settle(duration);
    }
}
