package io.dokploy.core;

import io.dokploy.api.Authorizer;
import io.dokploy.api.Dokploy;
import io.dokploy.api.NotificationChannel;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.pipeline.Pacing;
import io.dokploy.core.pipeline.StepListener;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.Plugin;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.ContainerEngine;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Dokploy} together. {@link #build()} does no I/O. Not thread-safe.
 *
 * <pre>{@code
 * try (Dokploy dokploy = DokployBuilder.create()
 *         .store(Store.embedded(dataDirectory))
 *         .router(TraefikSettings.managed())
 *         .build()) {
 *     dokploy.start();
 *     ...
 * }
 * }</pre>
 */
public final class DokployBuilder {

    private static final Set<String> RESERVED_LABELS = new TreeSet<>(
            Set.of(Labels.INSTANCE, Labels.APPLICATION, Labels.RELEASE, Labels.REPLICA, Labels.ROLE, Labels.EPOCH));

    private @Nullable Store store;
    private @Nullable Path directory;
    private Server server = Server.local();
    private TraefikSettings traefik = TraefikSettings.managed();
    private Plugins plugins = Plugins.discover();
    private final List<NotificationChannel> channels = new ArrayList<>();
    private Authorizer authorizer = Authorizer.allowAll();
    private Role role = Role.WORKER;
    private @Nullable HttpClient http;
    private int workers = 4;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<BackupKey> backupKeys = new ArrayList<>();
    private ByteSize minimumFreeDisk = ByteSize.gibibytes(1);
    private Duration reconcileEvery = Duration.ofHours(1);
    private Pacing pacing = Pacing.system();
    private SecureRandom random = new SecureRandom();
    private StepListener steps = StepListener.none();
    private @Nullable ContainerEngine engine;
    private @Nullable Router router;
    private @Nullable Deployer deployer;

    private DokployBuilder() {}

    /** Starts one with all defaults but the store, which must be given. */
    public static DokployBuilder create() {
        return new DokployBuilder();
    }

    /** Where everything is kept. Required. */
    public DokployBuilder store(Store newStore) {
        store = newStore;
        return this;
    }

    /**
     * The directory of this machine for caches, workspaces and the router's files. Default: that of the embedded store;
     * with a store elsewhere it must be given.
     */
    public DokployBuilder directory(Path newDirectory) {
        directory = newDirectory.toAbsolutePath();
        return this;
    }

    /** Where applications run. Default: the engine of this machine. */
    public DokployBuilder server(Server newServer) {
        server = newServer;
        return this;
    }

    /** The front door. Default: a managed Traefik on ports 80 and 443. */
    public DokployBuilder router(TraefikSettings settings) {
        traefik = settings;
        return this;
    }

    /**
     * A channel that is told of what {@link NotificationChannel#DEFAULT_EVENT_TYPES} says, under the name of its plugin.
     * For a second channel of one plugin, or to choose, give a {@link #notifier(NotificationChannel)}.
     */
    public DokployBuilder notifier(PluginSettings settings) {
        var document = settings.toDocument();
        return notifier(NotificationChannel.named(document.plugin()).to(settings));
    }

    /** A channel that is told of what happens. May be called several times; each has a name of its own. */
    public DokployBuilder notifier(NotificationChannel channel) {
        channels.add(channel);
        return this;
    }

    /** Which plugins there are. Default: all on the class path. */
    public DokployBuilder plugins(Plugins newPlugins) {
        plugins = newPlugins;
        return this;
    }

    /** One plugin more, which wins over one of the same id that was found. May be called several times. */
    public DokployBuilder plugin(Plugin plugin) {
        plugins = plugins.and(plugin);
        return this;
    }

    /** Who may do what. Default: the host's word is enough. */
    public DokployBuilder authorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
        return this;
    }

    /** Whether this instance takes up work. Default: yes. */
    public DokployBuilder role(Role newRole) {
        role = newRole;
        return this;
    }

    /**
     * The client for all HTTP that plugins do. Git and its LFS files go the same way: by its proxy, trusting what its TLS
     * context trusts. It is not closed. Default: one of the instance's own, with no proxy and Java's certificate
     * authorities.
     */
    public DokployBuilder http(HttpClient client) {
        http = client;
        return this;
    }

    /** How many operations run at once. Default 4. */
    public DokployBuilder workers(int count) {
        workers = count;
        return this;
    }

    /**
     * A further label on every container, network and volume that is made, for the host's own overview. Not on images:
     * those of the same identity are shared by all that is deployed.
     */
    public DokployBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /**
     * A key for backups. The first one given encrypts; all of them decrypt, so after a change the former key is given
     * second for as long as backups need it. Default: backups are not encrypted.
     */
    public DokployBuilder backupKey(BackupKey key) {
        backupKeys.add(key);
        return this;
    }

    /** How much must be free on the engine's disk before a build. Default 1 GiB. */
    public DokployBuilder minimumFreeDisk(ByteSize size) {
        minimumFreeDisk = size;
        return this;
    }

    /**
     * How often everything is looked at and brought to what it should be, as {@code maintenance().reconcile()} does; the first
     * time that long after the start. Of several workers on one store one does it. Default: every hour.
     * {@link Duration#ZERO}: only when asked.
     */
    public DokployBuilder reconcileEvery(Duration interval) {
        reconcileEvery = interval;
        return this;
    }

    /** The time, and how to wait, for tests that move it by hand. */
    public DokployBuilder time(Clock clock, Pacing.Sleeper sleeper) {
        pacing = new Pacing(clock, sleeper);
        return this;
    }

    /** The source of randomness, for tests. */
    public DokployBuilder random(SecureRandom newRandom) {
        random = newRandom;
        return this;
    }

    /** Told of each step that begins, in the thread of its operation; for tests that let it fail there. */
    public DokployBuilder steps(StepListener listener) {
        steps = listener;
        return this;
    }

    /** Another engine than the server's Docker Engine, for tests. It is closed with the instance. */
    public DokployBuilder engine(ContainerEngine newEngine) {
        engine = newEngine;
        return this;
    }

    /** Another router than Traefik. It is closed with the instance. */
    public DokployBuilder router(Router newRouter) {
        router = newRouter;
        return this;
    }

    /** Another deployer than that for one engine. It is closed with the instance. */
    public DokployBuilder deployer(Deployer newDeployer) {
        deployer = newDeployer;
        return this;
    }

    /**
     * Checks all that was given and makes the instance; nothing is opened yet.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    public Dokploy build() {
        var problems = Problems.of("Dokploy")
                .require(store != null, "store", "is missing; for example Store.embedded(Path.of(\"data\"))")
                .require(workers >= 1 && workers <= 256, "workers", "must be between 1 and 256")
                .require(!reconcileEvery.isNegative(), "reconcileEvery", "must not be negative")
                .require(
                        labels.keySet().stream().noneMatch(RESERVED_LABELS::contains),
                        "label",
                        "must not be one of ours: " + String.join(", ", RESERVED_LABELS));
        var place = directory == null && store != null ? store.directory().orElse(null) : directory;
        problems.require(
                place != null || store == null, "directory", "must be given, since the store has none of its own");
        checkNames(problems);
        problems.throwIfAny();
        var registry = new PluginRegistry(plugins.given(), plugins.discoverIn());
        checkNotifiers(registry);
        return new EmbeddedDokploy(new Parts(
                Objects.requireNonNull(store),
                Objects.requireNonNull(place),
                server,
                traefik,
                registry,
                List.copyOf(channels),
                authorizer,
                role,
                http,
                workers,
                Map.copyOf(labels),
                List.copyOf(backupKeys),
                minimumFreeDisk,
                reconcileEvery,
                pacing,
                random,
                steps,
                engine,
                router,
                deployer));
    }

    private void checkNames(Problems problems) {
        var names = new HashSet<String>();
        for (NotificationChannel channel : channels) {
            problems.require(
                    names.add(channel.name()),
                    "notifier",
                    "two channels are named " + channel.name()
                            + "; name them with NotificationChannel.named(...).to(settings)");
        }
    }

    private void checkNotifiers(PluginRegistry registry) {
        for (NotificationChannel channel : channels) {
            PluginRegistry.call(registry.notifier(channel.settings().plugin()), notifier -> {
                notifier.check(channel.settings());
                return notifier;
            });
        }
    }

    /** All that was given. */
    record Parts(
            Store store,
            Path directory,
            Server server,
            TraefikSettings traefik,
            PluginRegistry plugins,
            List<NotificationChannel> channels,
            Authorizer authorizer,
            Role role,
            @Nullable HttpClient http,
            int workers,
            Map<String, String> labels,
            List<BackupKey> backupKeys,
            ByteSize minimumFreeDisk,
            Duration reconcileEvery,
            Pacing pacing,
            SecureRandom random,
            StepListener steps,
            @Nullable ContainerEngine engine,
            @Nullable Router router,
            @Nullable Deployer deployer) {}
}
