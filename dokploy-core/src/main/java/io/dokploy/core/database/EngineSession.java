package io.dokploy.core.database;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.error.DokployException;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * A command inside the container of a database while it runs. Its error output is read beside, so that it can never block;
 * the last part of it is in the exception if the command fails. For one thread.
 */
public final class EngineSession implements AutoCloseable {

    private static final int COMPLAINTS_KEPT = 8_000;

    private final String subject;
    private final String program;
    private final ExecSession session;
    private final Thread listener;
    private final StringBuilder complaints = new StringBuilder();

    private EngineSession(String subject, String program, ExecSession session) {
        this.subject = subject;
        this.program = program;
        this.session = session;
        this.listener = beside("dokploy-database-stderr", this::listen);
    }

    private static Thread beside(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Starts a command; its own input, if it has one, is given and ended. */
    static EngineSession start(ContainerEngine engine, String container, String subject, EngineCommand command) {
        return open(engine, container, subject, command, command.input().isPresent());
    }

    /** Starts a command that is told something whenever the caller wants, and answers. */
    static EngineSession startTalking(ContainerEngine engine, String container, String subject, EngineCommand command) {
        return open(engine, container, subject, command, true);
    }

    /** Starts a command that reads a stream. What it writes meanwhile is dropped, so that it can never block. */
    static EngineSession startReading(ContainerEngine engine, String container, String subject, EngineCommand command) {
        var session = open(engine, container, subject, command, true);
        beside("dokploy-database-stdout", session::dropOutput);
        return session;
    }

    private static EngineSession open(
            ContainerEngine engine, String container, String subject, EngineCommand command, boolean stdin) {
        var environment = new LinkedHashMap<String, String>();
        command.environment().forEach((name, value) -> environment.put(name, value.reveal()));
        var request = ExecRequest.of(command.arguments().toArray(String[]::new)).environment(environment);
        var session = new EngineSession(
                subject, command.arguments().get(0), engine.exec(container, stdin ? request.withStdin() : request));
        command.input().ifPresent(text -> session.give(text.reveal()));
        return session;
    }

    private void give(String text) {
        try (OutputStream input = session.stdin()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all: its exit code and its complaints say why.
            complain(e.toString());
        }
    }

    /** What the command writes. */
    public InputStream output() {
        return session.stdout();
    }

    /** What the command reads; closing it is the end. */
    public OutputStream input() {
        return session.stdin();
    }

    /** All that the command writes, as text; for short answers. */
    String answer(Duration timeout) {
        try {
            var text = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            requireSuccess(timeout);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end. @return whether the exit code is 0 */
    boolean succeeds(Duration timeout) {
        return session.awaitExit(timeout) == 0;
    }

    /**
     * Waits for the end.
     *
     * @throws DokployException if the exit code is not 0, with what the command complained about
     */
    public void requireSuccess(Duration timeout) {
        int exitCode = session.awaitExit(timeout);
        if (exitCode != 0) {
            throw EngineCommandFailure.of(subject, program, exitCode, complaints());
        }
    }

    private String complaints() {
        try {
            listener.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (complaints) {
            return complaints.toString().strip();
        }
    }

    private void listen() {
        var buffer = new byte[4096];
        try (InputStream errors = session.stderr()) {
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                complain(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException | UncheckedIOException e) {
            complain("(its error output ended early: " + e.getMessage() + ")");
        }
    }

    private void dropOutput() {
        try {
            session.stdout().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | UncheckedIOException e) {
            complain("(its output ended early: " + e.getMessage() + ")");
        }
    }

    private void complain(String text) {
        synchronized (complaints) {
            complaints.append(text);
            if (complaints.length() > COMPLAINTS_KEPT) {
                complaints.delete(0, complaints.length() - COMPLAINTS_KEPT);
            }
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
