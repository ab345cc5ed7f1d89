package io.dokploy.core.docker;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers of an engine. */
final class Containers {

    private static final Duration REMOVAL = Duration.ofMinutes(2);

    private final EngineClient client;
    private final DockerTools tools;
    private final Restarts restarts;

    Containers(EngineClient client, DockerTools tools) {
        this.client = client;
        this.tools = tools;
        this.restarts = new Restarts(client);
    }

    String create(ContainerSpec spec) {
        return client.json(
                        "container " + spec.name(),
                        EngineRequest.post("/containers/create")
                                .query("name", spec.name())
                                .json(ContainerForm.write(spec, tools.labelsWith(spec.labels()))))
                .path("Id")
                .asString("");
    }

    void start(String container) {
        restarts.willRun(container);
        try {
            client.json(subject(container), EngineRequest.post(path(container, "/start")));
        } catch (UserErrorException e) {
            // A paused one is refused, and not asked about before: it is the rare case.
            if (!is(State.PAUSED, container)) {
                throw e;
            }
            client.json(subject(container), EngineRequest.post(path(container, "/unpause")));
        }
    }

    void pause(String container) {
        try {
            client.json(subject(container), EngineRequest.post(path(container, "/pause")));
        } catch (UserErrorException e) {
            if (e instanceof NotFoundException || is(State.RUNNING, container)) {
                throw e;
            }
        }
    }

    private boolean is(State state, String container) {
        return inspect(container).filter(info -> info.state() == state).isPresent();
    }

    void stop(String container, Duration grace) {
        long seconds = (grace.toMillis() + 999) / 1000;
        ifThere(() -> {
            restarts.willBeStopped(container);
            client.json(
                    subject(container),
                    EngineRequest.post(path(container, "/stop"))
                            .query("t", Long.toString(seconds))
                            .within(grace.plusMinutes(1)));
        });
    }

    void kill(String container, String signal) {
        try {
            client.json(
                    subject(container),
                    EngineRequest.post(path(container, "/kill")).query("signal", signal));
        } catch (UserErrorException e) {
            if (e instanceof NotFoundException || is(State.RUNNING, container)) {
                throw e;
            }
        }
    }

    void remove(String container) {
        ifThere(() -> {
            try {
                client.json(
                        subject(container),
                        new EngineRequest(
                                        "DELETE",
                                        path(container, ""),
                                        Map.of(),
                                        EngineRequest.get("/").body(),
                                        Optional.of(REMOVAL))
                                .query("force", "1")
                                .query("v", "1"));
            } catch (UserErrorException e) {
                // 409 "removal of container … is already in progress": somebody else does it.
                if (!e.failure().reason().contains("already in progress")) {
                    throw e;
                }
                awaitRemoval(container);
            }
        });
    }

    private void awaitRemoval(String container) {
        client.json(
                subject(container),
                EngineRequest.post(path(container, "/wait"))
                        .query("condition", "removed")
                        .within(REMOVAL));
    }

    void rename(String container, String name) {
        client.json(
                subject(container),
                EngineRequest.post(path(container, "/rename")).query("name", name));
    }

    Optional<ContainerInfo> inspect(String container) {
        try {
            return Optional.of(
                    ContainerForm.read(client.json(subject(container), EngineRequest.get(path(container, "/json")))));
        } catch (NotFoundException | ImageNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Names and exit codes need a look at each one; those that vanish meanwhile are left out. */
    List<ContainerInfo> list(Map<String, String> labels) {
        var found = client.json(
                "containers",
                EngineRequest.get("/containers/json").query("all", "1").query("filters", Json.labelFilter(labels)));
        return found.valueStream()
                .map(node -> inspect(node.path("Id").asString("")))
                .flatMap(Optional::stream)
                .toList();
    }

    int awaitExit(String container, Duration timeout) {
        try {
            return client.json(
                            subject(container),
                            EngineRequest.post(path(container, "/wait")).within(timeout))
                    .path("StatusCode")
                    .asInt(-1);
        } catch (EngineUnavailableException e) {
            if (inspect(container).filter(ContainerInfo::isRunning).isPresent()) {
                throw new DeadlineException(
                        subject(container),
                        "it has not ended within " + timeout.toSeconds() + " s",
                        "Give it more time, or stop it.",
                        e);
            }
            throw e;
        }
    }

    LogStream logs(String container, Optional<Instant> since, Optional<Integer> tail, boolean follow) {
        var name = inspect(container)
                .orElseThrow(() -> new NotFoundException(
                        subject(container), "there is no such container", "Look for what exists by its current name."))
                .name();
        var request = EngineRequest.get(path(container, "/logs"))
                .query("stdout", "1")
                .query("stderr", "1")
                .query("timestamps", "1")
                .query("follow", follow ? "1" : "0")
                .query("tail", tail.map(Object::toString).orElse("all"));
        if (since.isPresent()) {
            request = request.query(
                    "since",
                    since.get().getEpochSecond() + "."
                            + String.format("%09d", since.get().getNano()));
        }
        return new DockerLogs(name, client.open(subject(container), request.streaming()));
    }

    ExecSession exec(String container, ExecRequest request) {
        return DockerExec.start(client, container, request);
    }

    void copyIn(String container, String directory, InputStream tar) {
        try (var response = client.open(
                subject(container),
                EngineRequest.get(path(container, "/archive"))
                        .query("path", directory)
                        .put()
                        .tar(tar))) {
            response.body().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw client.unanswered(subject(container), e);
        }
    }

    InputStream copyOut(String container, String path) {
        var response = client.open(
                subject(container),
                EngineRequest.get(path(container, "/archive"))
                        .query("path", path)
                        .streaming());
        return closing(response);
    }

    static InputStream closing(EngineResponse response) {
        return new FilterInputStream(response.body()) {
            @Override
            public void close() throws IOException {
                response.close();
            }
        };
    }

    private static void ifThere(Runnable action) {
        try {
            action.run();
        } catch (NotFoundException e) {
            // It is gone, which is what was wanted.
        }
    }

    private static String subject(String container) {
        return "container " + container;
    }

    private static String path(String container, String rest) {
        return "/containers/" + EngineRequest.encode(container) + rest;
    }
}
