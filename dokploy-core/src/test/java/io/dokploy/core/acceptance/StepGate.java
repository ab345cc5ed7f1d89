package io.dokploy.core.acceptance;

import io.dokploy.api.Actor;
import io.dokploy.api.Dokploy;
import io.dokploy.api.OperationRecord;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.engine.ContainerEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds every call to the engine while the newest operation is at one step, so that a test can break it there. */
final class StepGate {

    private record Hold(String step, CountDownLatch reached, CountDownLatch open) {}

    private static final Hold NONE = new Hold("", new CountDownLatch(0), new CountDownLatch(0));

    private final ContainerEngine engine;
    private volatile Hold hold = NONE;
    private volatile Dokploy dokploy;

    /** Stands before the engine of this machine, whose builds work below {@code workspaces}. */
    StepGate(Path workspaces) {
        var real = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspaces));
        engine = (ContainerEngine) Proxy.newProxyInstance(
                StepGate.class.getClassLoader(), new Class<?>[] {ContainerEngine.class}, (proxy, method, arguments) -> {
                    pass();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    ContainerEngine engine() {
        return engine;
    }

    /** Whose operations are held. */
    StepGate of(Dokploy operations) {
        dokploy = operations;
        return this;
    }

    /** From now on nothing passes at that step. */
    void close(String step) {
        hold = new Hold(step, new CountDownLatch(1), new CountDownLatch(1));
    }

    /** Until a call is held. */
    void awaitReached() throws InterruptedException {
        if (!hold.reached().await(Site.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no call to the engine in step " + hold.step());
        }
    }

    /** All that was held goes on. */
    void open() {
        var former = hold;
        hold = NONE;
        former.open().countDown();
    }

    private void pass() {
        var now = hold;
        if (now != NONE && now.step().equals(currentStep())) {
            now.reached().countDown();
            try {
                now.open().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted at the gate");
            }
        }
    }

    private String currentStep() {
        return dokploy.as(Actor.of("gate")).operations().list(1).stream()
                .filter(operation -> operation.state() == OperationRecord.State.RUNNING)
                .map(OperationRecord::step)
                .findFirst()
                .orElse("");
    }
}
