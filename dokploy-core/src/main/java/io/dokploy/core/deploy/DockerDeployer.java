package io.dokploy.core.deploy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.core.concurrent.Together;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs releases as containers of one engine, beside each other in the network of their environment. Each is there under
 * its own name; the promoted release also under the application's name.
 */
public final class DockerDeployer implements Deployer {

    private static final int TRIES = 3;

    private final Toolbox toolbox;

    /** @param toolboxImage an image with busybox's tools, for looks into a network: {@code busybox:1.37} */
    public DockerDeployer(String toolboxImage) {
        this.toolbox = new Toolbox(toolboxImage);
    }

    @Override
    public String id() {
        return "docker";
    }

    @Override
    public String ensureNetwork(ApplicationRef application, PluginContext context) {
        var name = Names.network(application);
        context.engine()
                .ensureNetwork(new NetworkSpec(name, Labels.forShared(application, Labels.ROLE_NETWORK), false));
        return name;
    }

    @Override
    public List<String> hosts(Target target) {
        return IntStream.rangeClosed(1, target.replicas())
                .mapToObj(replica ->
                        Names.container(target.application(), target.release().id(), replica))
                .toList();
    }

    @Override
    public void prepare(Target target, PluginContext context) {
        var engine = context.engine();
        var everything = Containers.ofApplication(engine, target.application());
        Map<String, ContainerInfo> present = everything.stream()
                .filter(info -> isOf(info, target.release().id()))
                .collect(Collectors.toMap(ContainerInfo::name, info -> info));
        boolean first = everything.stream()
                .noneMatch(
                        info -> Containers.process(target.application(), info).promoted());
        if (present.size() < target.replicas()) {
            ensureNetwork(target.application(), context);
            Containers.ensureVolumes(target, engine);
        }
        Together.run(IntStream.rangeClosed(1, target.replicas())
                .mapToObj(replica -> (Runnable) () -> {
                    var name = Names.container(
                            target.application(), target.release().id(), replica);
                    var existing = present.get(name);
                    if (existing == null) {
                        run(target, replica, name, first ? Naming.APPLICATION_TOO : Naming.OWN, context);
                    } else if (!existing.isRunning()) {
                        context.cancelToken().throwIfCancelled();
                        engine.start(name);
                    }
                })
                .toList());
        end(
                present.values().stream()
                        .filter(info -> Containers.replica(info) > target.replicas())
                        .toList(),
                context);
    }

    /** The names of a container in its network. */
    private enum Naming {
        /** Its own. */
        OWN,
        /** The application's as well: for the first release, whose name nobody else has. */
        APPLICATION_TOO
    }

    private void run(Target target, int replica, String name, Naming naming, PluginContext context) {
        var engine = context.engine();
        for (int tries = 1; ; tries++) {
            var address = create(target, replica, name, naming, engine);
            FileMounts.copy(target.release().spec(), name, engine);
            context.cancelToken().throwIfCancelled();
            try {
                engine.start(name);
                return;
            } catch (UserErrorException e) {
                if (tries == TRIES || !Addresses.isShared(engine, target.application(), address)) {
                    throw e;
                }
                engine.remove(name);
            }
        }
    }

    /** One after the other, since each must see which addresses the others have. */
    private synchronized String create(Target target, int replica, String name, Naming naming, ContainerEngine engine) {
        var address = Addresses.free(engine, target.application(), name);
        var spec = Containers.spec(target, name, Labels.ROLE_APP)
                .label(Labels.REPLICA, Integer.toString(replica))
                .label(Labels.ADDRESS, address)
                .restart(target.release().spec().restart())
                .network(
                        Names.network(target.application()),
                        attachment(target.application(), naming).at(address));
        target.release().spec().publishedPorts().forEach(spec::publish);
        engine.create(spec.build());
        return address;
    }

    private static NetworkAttachment attachment(ApplicationRef application, Naming naming) {
        return naming == Naming.OWN ? NetworkAttachment.plain() : NetworkAttachment.named(application.name());
    }

    @Override
    public List<Process> observe(ApplicationRef application, PluginContext context) {
        return Containers.ofApplication(context.engine(), application).stream()
                .map(info -> Containers.process(application, info))
                .sorted(Comparator.comparing(Process::release).thenComparing(Process::replica))
                .toList();
    }

    @Override
    public void promote(Target target, PluginContext context) {
        name(target.application(), target.release().id(), Naming.APPLICATION_TOO, context.engine());
    }

    @Override
    public void demote(ApplicationRef application, ReleaseId release, PluginContext context) {
        name(application, release, Naming.OWN, context.engine());
    }

    /**
     * The engine cannot change the names of a container that is in a network, so it is taken out and put back at its own
     * address. Its connections stall for a moment and go on.
     */
    private static void name(ApplicationRef application, ReleaseId release, Naming naming, ContainerEngine engine) {
        var network = Names.network(application);
        for (ContainerInfo info : Containers.ofRelease(engine, application, release)) {
            var process = Containers.process(application, info);
            if (!info.isRunning() || process.promoted() == (naming == Naming.APPLICATION_TOO)) {
                continue;
            }
            var attachment = attachment(application, naming);
            engine.disconnect(network, info.id());
            engine.connect(
                    network, info.id(), process.address().map(attachment::at).orElse(attachment));
        }
    }

    @Override
    public Optional<Integer> connections(ApplicationRef application, ReleaseId release, PluginContext context) {
        return toolbox.connections(Containers.ofRelease(context.engine(), application, release), context);
    }

    @Override
    public void retire(ApplicationRef application, ReleaseId release, PluginContext context) {
        toolbox.close(application, release, context.engine());
        // Not only what serves: a process that died may have left the command before the switch as well.
        var filter = new HashMap<>(Labels.ofApplication(application));
        filter.put(Labels.RELEASE, release.value());
        end(context.engine().list(filter), context);
    }

    private static void end(List<ContainerInfo> containers, PluginContext context) {
        Together.run(containers.stream()
                .map(info -> (Runnable) () -> ContainerEnd.of(info.id(), grace(info), context))
                .toList());
    }

    /** It travels with the container, since the release's row may be gone by then. */
    private static Duration grace(ContainerInfo info) {
        return Duration.ofMillis(Long.parseLong(info.labels().getOrDefault(Labels.STOP_GRACE, "10000")));
    }

    @Override
    public void stop(ApplicationRef application, ReleaseId release, PluginContext context) {
        Together.run(Containers.ofRelease(context.engine(), application, release).stream()
                .map(info -> (Runnable) () -> context.engine().stop(info.id(), grace(info)))
                .toList());
    }

    @Override
    public void pause(ApplicationRef application, ReleaseId release, PluginContext context) {
        Containers.ofRelease(context.engine(), application, release)
                .forEach(info -> context.engine().pause(info.id()));
    }

    @Override
    public void start(ApplicationRef application, ReleaseId release, PluginContext context) {
        Together.run(Containers.ofRelease(context.engine(), application, release).stream()
                .map(info -> (Runnable) () -> context.engine().start(info.id()))
                .toList());
    }

    @Override
    public CommandResult runOnce(Target target, List<String> arguments, Duration timeout, PluginContext context) {
        ensureNetwork(target.application(), context);
        Containers.ensureVolumes(target, context.engine());
        return new OneOffCommand(target, arguments, timeout).run(context);
    }

    @Override
    public CommandResult execute(Process process, List<String> arguments, Duration timeout, PluginContext context) {
        try (var session = exec(process, ExecRequest.of(arguments.toArray(String[]::new)), context)) {
            return OutputTail.of(session, timeout);
        }
    }

    @Override
    public boolean acceptsTcp(Process process, int port, PluginContext context) {
        return toolbox.acceptsTcp(process, port, context);
    }

    @Override
    public LogStream logs(ApplicationRef application, ReleaseId release, LogQuery query, PluginContext context) {
        var containers = Containers.ofRelease(context.engine(), application, release);
        return MergedLogs.of(containers.stream()
                .sorted(Comparator.comparing(Containers::replica))
                .map(info -> context.engine().logs(info.id(), query.since(), query.tail(), query.follow()))
                .toList());
    }

    @Override
    public ExecSession exec(Process process, ExecRequest request, PluginContext context) {
        return context.engine().exec(process.id(), request);
    }

    @Override
    public void removeAll(ApplicationRef application, Volumes volumes, PluginContext context) {
        var engine = context.engine();
        var containers = engine.list(Labels.ofApplication(application));
        var own = volumes == Volumes.REMOVE ? OwnVolumes.of(engine, application, containers) : List.<String>of();
        end(containers, context);
        own.forEach(engine::removeVolume);
    }

    private static boolean isOf(ContainerInfo info, ReleaseId release) {
        return release.value().equals(info.labels().get(Labels.RELEASE));
    }
}
