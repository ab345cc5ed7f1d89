package io.dokploy.core.deploy;

import io.dokploy.api.LogStream;
import io.dokploy.spi.Deployer.CommandResult;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.NetworkAttachment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Runs a command once, in a container of its own that is gone afterwards. */
final class OneOffCommand {

    private final Target target;
    private final List<String> arguments;
    private final Duration timeout;

    OneOffCommand(Target target, List<String> arguments, Duration timeout) {
        this.target = target;
        this.arguments = arguments;
        this.timeout = timeout;
    }

    CommandResult run(PluginContext context) {
        var engine = context.engine();
        removeLeftovers(engine);
        var name = Names.command(target.application(), target.release().id());
        var container = engine.create(Containers.spec(target, name, Labels.ROLE_COMMAND)
                .command(List.of(arguments.get(0)))
                .arguments(arguments.subList(1, arguments.size()))
                .network(Names.network(target.application()), NetworkAttachment.plain())
                .build());
        try (var cancel = context.cancelToken().onCancel(() -> engine.kill(container, "SIGKILL"))) {
            FileMounts.copy(target.release().spec(), container, engine);
            engine.start(container);
            var tail = new OutputTail(context.progress());
            int exitCode;
            try (LogStream logs = engine.logs(container, Optional.empty(), Optional.empty(), true)) {
                var reader = tail.follow(logs);
                exitCode = engine.awaitExit(container, timeout);
                OutputTail.finish(reader);
            }
            context.cancelToken().throwIfCancelled();
            return new CommandResult(exitCode, tail.lines());
        } finally {
            engine.remove(container);
        }
    }

    /** One that was left by a process that died; two must never run at once. */
    private void removeLeftovers(ContainerEngine engine) {
        var filter = new HashMap<>(Labels.ofApplication(target.application()));
        filter.put(Labels.ROLE, Labels.ROLE_COMMAND);
        for (ContainerInfo leftover : engine.list(filter)) {
            engine.remove(leftover.id());
        }
    }
}
