package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one replica may use and what is kept for it.
 *
 * @param memory            the limit; beyond it the kernel kills the process
 * @param memoryReservation what is kept free for it (a soft limit on one engine)
 * @param cpus              the limit in cores: 0.5, 2
 * @param cpuReservation    what is kept for it in cores; used where something schedules (Swarm)
 * @param ulimits           limits of the kernel for its processes
 */
public record Resources(
        Optional<ByteSize> memory,
        Optional<ByteSize> memoryReservation,
        Optional<BigDecimal> cpus,
        Optional<BigDecimal> cpuReservation,
        List<Ulimit> ulimits) {

    /**
     * A limit of the kernel, see setrlimit(2).
     *
     * @param name {@code nofile}, {@code nproc}, …
     * @param soft what is in force, -1 for unlimited
     * @param hard how far the process may raise it, -1 for unlimited
     */
    public record Ulimit(String name, long soft, long hard) {
        public Ulimit {
            Problems.of("ulimit")
                    .require(
                            name.matches("[a-z]+"), "name", "must be a name of setrlimit in lower case, such as nofile")
                    .require(soft >= -1, "soft", "must be -1 or more")
                    .require(hard >= -1, "hard", "must be -1 or more")
                    .throwIfAny();
        }
    }

    private static final ByteSize SMALLEST = ByteSize.mebibytes(6);

    public Resources {
        ulimits = List.copyOf(ulimits);
        var problems = Problems.of("resources");
        memory.ifPresent(m -> problems.require(m.compareTo(SMALLEST) >= 0, "memory", "must be at least 6 MiB"));
        cpus.ifPresent(c -> problems.require(c.signum() > 0, "cpus", "must be positive"));
        cpuReservation.ifPresent(c -> problems.require(c.signum() > 0, "cpuReservation", "must be positive"));
        if (memory.isPresent() && memoryReservation.isPresent()) {
            problems.require(
                    memoryReservation.get().compareTo(memory.get()) <= 0,
                    "memoryReservation",
                    "must not be more than the limit");
        }
        problems.throwIfAny();
    }

    /** No limits. */
    public static Resources unlimited() {
        return new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same with a limit of memory. */
    public Resources memory(ByteSize limit) {
        return new Resources(Optional.of(limit), memoryReservation, cpus, cpuReservation, ulimits);
    }

    /** The same with memory kept for it. */
    public Resources memoryReservation(ByteSize reservation) {
        return new Resources(memory, Optional.of(reservation), cpus, cpuReservation, ulimits);
    }

    /** The same with a limit of cores. */
    public Resources cpus(double limit) {
        return new Resources(
                memory, memoryReservation, Optional.of(BigDecimal.valueOf(limit)), cpuReservation, ulimits);
    }

    /** The same with cores kept for it. */
    public Resources cpuReservation(double reservation) {
        return new Resources(memory, memoryReservation, cpus, Optional.of(BigDecimal.valueOf(reservation)), ulimits);
    }

    /** The same with limits of the kernel. */
    public Resources ulimits(List<Ulimit> limits) {
        return new Resources(memory, memoryReservation, cpus, cpuReservation, limits);
    }
}
