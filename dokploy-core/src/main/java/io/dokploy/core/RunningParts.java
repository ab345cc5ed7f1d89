package io.dokploy.core;

import io.dokploy.api.Application;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.BackupKeys;
import io.dokploy.core.backup.ImageHandlers;
import io.dokploy.core.backup.LogShipping;
import io.dokploy.core.backup.PointInTimeHandlers;
import io.dokploy.core.backup.VolumeHandlers;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.UserRestarts;
import io.dokploy.core.deploy.DockerDeployer;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.core.git.HttpSettings;
import io.dokploy.core.local.LocalCaches;
import io.dokploy.core.local.WorkFolder;
import io.dokploy.core.notify.NotificationService;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.QueueSettings;
import io.dokploy.core.pipeline.Handlers;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.schedule.BackupScheduler;
import io.dokploy.core.schedule.DueRuns;
import io.dokploy.core.source.SourceFetcher;
import io.dokploy.core.store.Migration;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.traefik.TraefikRouter;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.Plugin;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.ContainerEngine;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is open while an instance runs.
 *
 * @param store    what should be and what happened
 * @param queue    operations
 * @param notifications who tells of what happens
 * @param platform what the pipeline works with
 * @param schedules runs of schedules
 * @param opened   all that must be closed, the last opened first
 */
record RunningParts(
        StoreAccess store,
        OperationQueue queue,
        NotificationService notifications,
        Platform platform,
        DueRuns schedules,
        Deque<AutoCloseable> opened)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    static RunningParts open(DokployBuilder.Parts parts) {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            return open(parts, opened);
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private static RunningParts open(DokployBuilder.Parts parts, Deque<AutoCloseable> opened) {
        var clock = parts.pacing().clock();
        var migration = parts.role() == Role.WORKER ? Migration.MIGRATE : Migration.CHECK_ONLY;
        var store = StoreAccess.open(parts.store(), clock, parts.random(), migration);
        opened.push(store);
        var work = WorkFolder.open(parts.directory().resolve("workspaces"));
        opened.push(work);
        ContainerEngine engine = parts.engine() != null ? parts.engine() : connect(parts, work);
        opened.push(engine);
        engine.info();
        Router router = parts.router() != null
                ? parts.router()
                : new TraefikRouter(parts.traefik(), store.instance(), parts.directory(), clock, parts.random());
        opened.push(closing(router));
        Deployer deployer = parts.deployer() != null
                ? parts.deployer()
                : new DockerDeployer(parts.server().toolboxImage());
        opened.push(closing(deployer));
        var http = parts.http() != null ? parts.http() : ownHttpClient(opened);
        var contexts = new Contexts(
                engine,
                work.directory(),
                new LocalCaches(parts.directory().resolve("cache")),
                http,
                store.json(),
                store.registries(),
                clock);
        var platform = new Platform(
                store,
                engine,
                deployer,
                router,
                parts.plugins(),
                new SourceFetcher(parts.directory().resolve("sources"), HttpSettings.of(http), TreeLimits.defaults()),
                contexts,
                parts.pacing(),
                parts.steps(),
                new Platform.Limits(parts.minimumFreeDisk().bytes()));
        // Closed after the queue, so that the end of what runs until then is told.
        var notifications = new NotificationService(store, parts.channels(), parts.plugins(), contexts, clock);
        opened.push(notifications);
        var queue = new OperationQueue(store, clock, QueueSettings.defaults().workers(parts.workers()));
        opened.push(queue);
        var schedules = new DueRuns(platform, queue, parts.random());
        var running = new RunningParts(store, queue, notifications, platform, schedules, opened);
        if (parts.role() == Role.WORKER) {
            running.takeUpWork(parts);
        }
        return running;
    }

    private static ContainerEngine connect(DokployBuilder.Parts parts, WorkFolder work) {
        var server = parts.server();
        var endpoint = server.engine()
                .map(uri -> new DockerEndpoint(uri, server.certificates()))
                .orElseGet(DockerEndpoint::local);
        var tools = DockerTools.installed(work.directory());
        return DockerEngine.connect(endpoint, tools.labels(parts.labels()));
    }

    /** Its thread ends with it from Java 21 on; before, when nobody holds it any more. */
    private static HttpClient ownHttpClient(Deque<AutoCloseable> opened) {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        if (client instanceof AutoCloseable closeable) {
            opened.push(closeable);
        }
        return client;
    }

    private void takeUpWork(DokployBuilder.Parts parts) {
        try (var context = platform.contexts().quiet()) {
            var applications = store.applications().all();
            List<String> networks =
                    applications.stream().map(this::network).distinct().toList();
            platform.router().start(networks, context);
        }
        notifications.start();
        var restarts = new UserRestarts(platform, queue);
        var handlers = new HashMap<>(new Handlers(platform).all());
        handlers.putAll(new DatabaseHandlers(platform, restarts).all());
        handlers.putAll(new BackupHandlers(platform, new BackupKeys(parts.backupKeys()), restarts).all());
        handlers.putAll(new VolumeHandlers(platform, new BackupKeys(parts.backupKeys())).all());
        handlers.putAll(new ImageHandlers(platform, new BackupKeys(parts.backupKeys())).all());
        handlers.putAll(new PointInTimeHandlers(platform, new BackupKeys(parts.backupKeys()), restarts).all());
        queue.start(handlers);
        var shipping = new LogShipping(platform, queue, new BackupKeys(parts.backupKeys()));
        opened.push(shipping);
        shipping.start();
        var scheduler = new BackupScheduler(platform, queue, schedules);
        opened.push(scheduler);
        scheduler.start();
        if (!parts.reconcileEvery().isZero()) {
            var repair = new SelfRepair(queue, parts.pacing().clock(), parts.reconcileEvery());
            opened.push(repair);
            repair.start();
        }
    }

    private String network(Application application) {
        try (var context = platform.contexts().quiet()) {
            return platform.deployer().ensureNetwork(platform.ref(application), context);
        }
    }

    private static AutoCloseable closing(Plugin plugin) {
        return plugin::close;
    }

    @Override
    public void close() {
        close(opened);
    }

    private static void close(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("Something failed to close; going on with the rest", e);
            }
        }
    }
}
