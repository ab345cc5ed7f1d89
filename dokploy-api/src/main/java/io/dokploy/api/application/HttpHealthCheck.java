package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A GET request is answered as expected. It travels through the router on a private route, the way that traffic will.
 *
 * @param path      with query, default {@code /}
 * @param port      of the container; default: the port of the first domain, else 3000
 * @param minStatus the lowest status that passes, default 200
 * @param maxStatus the highest status that passes, default 399
 * @param host      the Host header; default: the host of the first domain, else {@code localhost}
 * @param timeout   for one try, default 5 s
 */
public record HttpHealthCheck(
        String path, Optional<Integer> port, int minStatus, int maxStatus, Optional<String> host, Duration timeout)
        implements HealthCheck {

    public HttpHealthCheck {
        Objects.requireNonNull(timeout, "timeout");
        var problems = Problems.of("http health check")
                .require(
                        path.matches("/[\\x21-\\x7e]*"),
                        "path",
                        "must begin with / and hold only visible ASCII characters")
                .require(
                        minStatus >= 100 && minStatus <= maxStatus && maxStatus <= 599,
                        "status",
                        "must be within 100 to 599")
                .require(timeout.compareTo(Duration.ZERO) > 0, "timeout", "must be positive");
        port.ifPresent(p -> problems.require(p >= 1 && p <= 65535, "port", "must be between 1 and 65535"));
        host.ifPresent(h -> problems.require(h.matches("[A-Za-z0-9.:\\[\\]-]+"), "host", "must be a host name"));
        problems.throwIfAny();
    }

    /** GET {@code path} answers with a status from 200 to 399. */
    public static HttpHealthCheck get(String path) {
        return new HttpHealthCheck(path, Optional.empty(), 200, 399, Optional.empty(), Duration.ofSeconds(5));
    }

    /** The same, on another port than the first domain's. */
    public HttpHealthCheck port(int newPort) {
        return new HttpHealthCheck(path, Optional.of(newPort), minStatus, maxStatus, host, timeout);
    }

    /** The same, with exactly that status. */
    public HttpHealthCheck status(int status) {
        return new HttpHealthCheck(path, port, status, status, host, timeout);
    }

    /** The same, with a status in that range. */
    public HttpHealthCheck status(int min, int max) {
        return new HttpHealthCheck(path, port, min, max, host, timeout);
    }

    /** The same with that Host header. */
    public HttpHealthCheck host(String newHost) {
        return new HttpHealthCheck(path, port, minStatus, maxStatus, Optional.of(newHost), timeout);
    }

    /** The same with that limit for one try. */
    public HttpHealthCheck timeout(Duration newTimeout) {
        return new HttpHealthCheck(path, port, minStatus, maxStatus, host, newTimeout);
    }
}
