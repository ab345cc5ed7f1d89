package io.dokploy.core.traefik;

import io.dokploy.api.ApplicationStatus.CertificateStatus;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import io.dokploy.core.net.TcpTable;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The front door by Traefik, one for each Dokploy instance. Thread-safe. {@link #start} comes first; only what is asked
 * of the files ({@link #published}, {@link #all}) does not need it.
 */
public final class TraefikRouter implements Router {

    private final TraefikSettings settings;
    private final String instance;
    private final Clock clock;
    private final SecureRandom random;
    private final Installation installation;
    private final RouteFolder folder;
    private final CertificateFiles certificates;
    private final FrontDoor frontDoor;
    private final PasswordHashes passwords = new PasswordHashes();
    private volatile @Nullable Connected connected;

    /** What is known once the router has been started. */
    private record Connected(PrivateRoutes routes, TraefikApi api) {}

    /**
     * A router that does nothing yet.
     *
     * @param settings      how Traefik is run
     * @param instance      the store that owns all that this router makes
     * @param dataDirectory where a managed Traefik's files lie unless the settings say otherwise
     * @param clock         for the validity of certificates
     * @param random        for the key of the private entry point
     */
    public TraefikRouter(
            TraefikSettings settings, String instance, Path dataDirectory, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.instance = instance;
        this.clock = clock;
        this.random = random;
        this.installation = settings.isManaged()
                ? new ManagedTraefik(settings, instance, settings.folder().orElse(dataDirectory.resolve("traefik")))
                : new ExistingTraefik(settings);
        this.folder = installation.folder();
        this.certificates = new CertificateFiles(folder, installation.folderInTraefik());
        this.frontDoor = new FrontDoor(settings);
    }

    @Override
    public String id() {
        return "traefik";
    }

    @Override
    public void start(List<String> networks, PluginContext context) {
        folder.prepare();
        PrivateRoutes routes =
                new OwnFile(folder, instance, settings.entryPoints().internal()).ensure(random);
        var api = new TraefikApi(installation.privateAddress(), routes.key());
        installation.start(api, context);
        networks.forEach(network -> attach(network, context));
        connected = new Connected(routes, api);
    }

    @Override
    public void attach(String network, PluginContext context) {
        installation
                .container()
                .ifPresent(container -> context.engine().connect(network, container, NetworkAttachment.plain()));
    }

    @Override
    public void check(Routes routes) {
        Names.of(routes.application());
        Connected now = connected;
        new RoutesCheck(settings, now == null ? null : now.api()).check(routes.domains(), clock.instant());
    }

    @Override
    public void publish(Routes routes) {
        String name = Names.of(routes.application());
        folder.<Void>locked(name, () -> {
            String former = folder.read(name).orElse("");
            RouteHeader.read(former).ifPresent(header -> requireNotFenced(routes, header.published()));
            String text = new RouteFile(routes, settings, connected().routes(), user -> passwords.of(user, former))
                    .render(certificates.write(name, routes.domains()));
            folder.write(name, text);
            certificates.removeUnused(name, former, text);
            return null;
        });
    }

    @Override
    public Optional<Published> published(ApplicationRef application) {
        return folder.read(Names.of(application)).flatMap(RouteHeader::read).map(RouteHeader::published);
    }

    @Override
    public void awaitInForce(ApplicationRef application, long revision, PluginContext context) {
        new InForce(connected().api(), folder, installation.container(), settings.switchDeadline())
                .await(application, revision, context);
    }

    @Override
    public Answer probe(Candidate candidate, HttpHealthCheck check, PluginContext context) {
        String address = "http://" + candidate.host() + ":" + candidate.port() + check.path();
        TraefikApi api = connected().api();
        HttpGet get = api.ask()
                .header("Host", check.host().orElse("localhost"))
                .header(PrivateRoutes.CANDIDATE_HEADER, PrivateRoutes.candidateValue(candidate))
                .timeout(check.timeout());
        try {
            int status = get.status(check.path(), context.cancelToken()).status();
            boolean routed = status != 404 || api.serves(candidate, context.cancelToken());
            return new Answer(status, "", address, routed);
        } catch (IOException e) {
            context.cancelToken().throwIfCancelled();
            return new Answer(0, Problem.of(e), address, false);
        }
    }

    @Override
    public Answer ask(Domain domain, PluginContext context) {
        return frontDoor.ask(domain, connected().api(), context.cancelToken());
    }

    @Override
    public Optional<Integer> connections(List<String> addresses, PluginContext context) {
        return installation
                .container()
                .map(container -> TcpTable.parse(ContainerOutput.of(
                                context.engine(), container, ExecRequest.of("cat", "/proc/net/tcp", "/proc/net/tcp6")))
                        .leadingTo(addresses));
    }

    @Override
    public List<CertificateStatus> certificates(List<Domain> domains, PluginContext context) {
        List<Domain> secured = domains.stream()
                .filter(domain -> !(domain.tls() instanceof Tls.None))
                .toList();
        if (secured.isEmpty()) {
            return List.of();
        }
        List<String> errors = new TraefikLog(context.engine(), installation.container()).errors(Optional.empty());
        return secured.stream()
                .map(domain -> frontDoor.certificate(domain, errors, clock.instant()))
                .toList();
    }

    @Override
    public void withdraw(ApplicationRef application) {
        String name = Names.of(application);
        folder.<Void>locked(name, () -> {
            folder.delete(name);
            certificates.removeUnused(name, "", "");
            return null;
        });
    }

    @Override
    public List<Published> all(String ofInstance) {
        return folder.names(Names.prefix(ofInstance)).stream()
                .flatMap(name -> folder.read(name).flatMap(RouteHeader::read).stream())
                .filter(header -> header.instance().equals(ofInstance))
                .map(RouteHeader::published)
                .toList();
    }

    private static void requireNotFenced(Routes routes, Published former) {
        if (former.epoch() > routes.epoch()) {
            throw new FencedException(
                    "routes of " + routes.application().subject(),
                    "epoch " + former.epoch() + " has published, this is " + routes.epoch(),
                    "Nothing is to be done: the other process goes on.");
        }
    }

    private Connected connected() {
        Connected now = connected;
        if (now == null) {
            throw new IllegalStateException("the router has not been started");
        }
        return now;
    }
}
