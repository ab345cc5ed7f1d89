package io.dokploy.testkit;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The smallest deployer that keeps its contract; it does one thing after the other. */
class PlainDeployer implements Deployer {

    private static final String RELEASE = "io.dokploy.release";
    private static final String REPLICA = "io.dokploy.replica";
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String ensureNetwork(ApplicationRef application, PluginContext context) {
        String name = network(application);
        Map<String, String> labels = Map.of("io.dokploy.instance", application.instance());
        context.engine().ensureNetwork(new NetworkSpec(name, labels, false));
        return name;
    }

    @Override
    public List<String> hosts(Target target) {
        return IntStream.rangeClosed(1, target.replicas())
                .mapToObj(replica -> name(target, replica))
                .toList();
    }

    @Override
    public void prepare(Target target, PluginContext context) {
        ContainerEngine engine = context.engine();
        ensureNetwork(target.application(), context);
        for (int replica = 1; replica <= target.replicas(); replica++) {
            String name = name(target, replica);
            if (engine.inspect(name).isEmpty()) {
                create(target, name, replica, target.release().spec().command(), engine);
            }
            engine.start(name);
        }
        ofRelease(target.application(), target.release().id(), engine)
                .filter(info -> replica(info) > target.replicas())
                .forEach(info -> end(info, engine));
    }

    private void create(Target target, String name, int replica, List<String> command, ContainerEngine engine) {
        var spec = ContainerSpec.of(name, target.release().image().id())
                .command(command)
                .environment(target.release().environment())
                .labels(target.release().spec().labels())
                .labels(labels(target))
                .label(REPLICA, String.valueOf(replica))
                .restart(
                        replica == 0
                                ? RestartPolicy.NEVER
                                : target.release().spec().restart())
                .network(network(target.application()), NetworkAttachment.plain());
        Map<String, String> files = new HashMap<>();
        for (Mount mount : target.release().spec().mounts()) {
            if (mount instanceof Mount.File file) {
                files.put(file.target().substring(1), file.content().reveal());
            } else if (mount instanceof Mount.Volume volume) {
                String source = target.application().instance() + "-" + volume.name();
                engine.ensureVolume(
                        source,
                        Map.of("io.dokploy.instance", target.application().instance()));
                spec.mount(new EngineMount(source, volume.target(), volume.readOnly()));
            }
        }
        engine.create(spec.build());
        if (!files.isEmpty()) {
            engine.copyIn(name, "/", Tar.of(files));
        }
    }

    @Override
    public List<Process> observe(ApplicationRef application, PluginContext context) {
        return context.engine().list(labels(application)).stream()
                .filter(info -> replica(info) > 0)
                .map(info -> process(application, info))
                .toList();
    }

    @Override
    public void promote(Target target, PluginContext context) {
        alias(
                target.application(),
                target.release().id(),
                NetworkAttachment.named(target.application().name()),
                context);
    }

    @Override
    public void demote(ApplicationRef application, ReleaseId release, PluginContext context) {
        alias(application, release, NetworkAttachment.plain(), context);
    }

    private void alias(
            ApplicationRef application, ReleaseId release, NetworkAttachment attachment, PluginContext context) {
        ofRelease(application, release, context.engine()).forEach(info -> {
            context.engine().disconnect(network(application), info.id());
            context.engine().connect(network(application), info.id(), attachment);
        });
    }

    @Override
    public Optional<Integer> connections(ApplicationRef application, ReleaseId release, PluginContext context) {
        return Optional.empty();
    }

    @Override
    public void retire(ApplicationRef application, ReleaseId release, PluginContext context) {
        ofRelease(application, release, context.engine()).forEach(info -> end(info, context.engine()));
    }

    @Override
    public void stop(ApplicationRef application, ReleaseId release, PluginContext context) {
        ofRelease(application, release, context.engine())
                .forEach(info -> context.engine().stop(info.id(), GRACE));
    }

    @Override
    public void pause(ApplicationRef application, ReleaseId release, PluginContext context) {
        ofRelease(application, release, context.engine())
                .forEach(info -> context.engine().pause(info.id()));
    }

    @Override
    public void start(ApplicationRef application, ReleaseId release, PluginContext context) {
        ofRelease(application, release, context.engine())
                .forEach(info -> context.engine().start(info.id()));
    }

    @Override
    public CommandResult runOnce(Target target, List<String> arguments, Duration timeout, PluginContext context) {
        ContainerEngine engine = context.engine();
        String name = name(target, 0);
        ensureNetwork(target.application(), context);
        engine.remove(name);
        try {
            create(target, name, 0, arguments, engine);
            engine.start(name);
            int code = engine.awaitExit(name, timeout);
            try (LogStream logs = engine.logs(name, Optional.empty(), Optional.empty(), false)) {
                List<String> lines = new ArrayList<>();
                logs.forEachRemaining(line -> lines.add(line.text()));
                return new CommandResult(code, lines);
            }
        } finally {
            engine.remove(name);
        }
    }

    @Override
    public CommandResult execute(Process process, List<String> arguments, Duration timeout, PluginContext context) {
        try (ExecSession session = exec(process, ExecRequest.of(arguments.toArray(String[]::new)), context)) {
            String text = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult(session.awaitExit(timeout), text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean acceptsTcp(Process process, int port, PluginContext context) {
        return execute(process, List.of("nc", "-z", "127.0.0.1", String.valueOf(port)), GRACE, context)
                        .exitCode()
                == 0;
    }

    @Override
    public LogStream logs(ApplicationRef application, ReleaseId release, LogQuery query, PluginContext context) {
        List<LogLine> lines = new ArrayList<>();
        ofRelease(application, release, context.engine()).forEach(info -> {
            try (LogStream logs = context.engine().logs(info.id(), query.since(), query.tail(), false)) {
                logs.forEachRemaining(lines::add);
            }
        });
        Iterator<LogLine> iterator = lines.iterator();
        return new LogStream() {
            @Override
            public void close() {}

            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public LogLine next() {
                return iterator.next();
            }
        };
    }

    @Override
    public ExecSession exec(Process process, ExecRequest request, PluginContext context) {
        return context.engine().exec(process.id(), request);
    }

    @Override
    public void removeAll(ApplicationRef application, Volumes volumes, PluginContext context) {
        context.engine().list(labels(application)).forEach(info -> end(info, context.engine()));
        if (volumes == Volumes.REMOVE) {
            Map<String, String> ours = Map.of("io.dokploy.instance", application.instance());
            Set<String> used = context.engine().list(ours).stream()
                    .flatMap(info -> info.mounts().stream())
                    .collect(Collectors.toSet());
            context.engine().listVolumes(ours).stream()
                    .filter(volume -> !used.contains(volume))
                    .forEach(context.engine()::removeVolume);
        }
    }

    void end(ContainerInfo info, ContainerEngine engine) {
        engine.stop(info.id(), GRACE);
        engine.remove(info.id());
    }

    Map<String, String> labels(ApplicationRef application) {
        return Map.of(
                "io.dokploy.instance", application.instance(),
                "io.dokploy.app", application.id().value());
    }

    private Map<String, String> labels(Target target) {
        Map<String, String> labels = new HashMap<>(labels(target.application()));
        labels.put("io.dokploy.instance", target.application().instance());
        labels.put(RELEASE, target.release().id().value());
        labels.put("io.dokploy.epoch", String.valueOf(target.epoch()));
        return labels;
    }

    private Stream<ContainerInfo> ofRelease(ApplicationRef application, ReleaseId release, ContainerEngine engine) {
        return engine.list(labels(application)).stream()
                .filter(info -> release.value().equals(info.labels().get(RELEASE)));
    }

    private static Process process(ApplicationRef application, ContainerInfo info) {
        var attached = info.networks().get(network(application));
        return new Process(
                info.id(),
                info.name(),
                new ReleaseId(info.labels().get(RELEASE)),
                replica(info),
                Long.parseLong(info.labels().get("io.dokploy.epoch")),
                info.state(),
                info.exitCode(),
                info.outOfMemory(),
                info.restarts(),
                info.health(),
                Optional.of(attached.address()).filter(address -> !address.isEmpty()),
                info.started(),
                attached.aliases().contains(application.name()));
    }

    private static int replica(ContainerInfo info) {
        return Integer.parseInt(info.labels().get(REPLICA));
    }

    private static String network(ApplicationRef application) {
        return application.instance() + "-" + application.project();
    }

    private static String name(Target target, int replica) {
        return target.application().name() + "-" + target.release().id().suffix() + "-" + replica;
    }
}
