package io.dokploy.core.traefik;

import io.dokploy.api.error.RouterSetupException;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.PluginContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Traefik that somebody else runs. We write into its folder, and say what it lacks. */
final class ExistingTraefik implements Installation {

    private static final String REMEDY =
            "Change the static configuration of Traefik as docs/traefik.md shows, and restart it.";

    private final TraefikSettings settings;
    private final Path path;
    private final RouteFolder folder;
    private final InetSocketAddress privateAddress;

    ExistingTraefik(TraefikSettings settings) {
        this.settings = settings;
        this.path = settings.folder().orElseThrow().toAbsolutePath().normalize();
        this.folder = new RouteFolder(path, path.resolve(".dokploy"));
        URI address = settings.privateEntryPoint().orElseThrow();
        this.privateAddress = new InetSocketAddress(address.getHost(), address.getPort());
    }

    @Override
    public RouteFolder folder() {
        return folder;
    }

    @Override
    public String folderInTraefik() {
        return settings.folderInTraefik().orElse(path.toString());
    }

    @Override
    public Optional<String> container() {
        return settings.container();
    }

    @Override
    public InetSocketAddress privateAddress() {
        return privateAddress;
    }

    @Override
    public void start(TraefikApi api, PluginContext context) {
        CancelToken cancelToken = context.cancelToken();
        var missing = new ArrayList<String>();
        settings.container()
                .filter(name -> context.engine().inspect(name).isEmpty())
                .ifPresent(name -> missing.add("there is no container " + name + " on the engine"));
        try {
            List<String> present = entryPoints(api, cancelToken);
            var wanted = settings.entryPoints();
            for (String name : List.of(wanted.web(), wanted.websecure(), wanted.internal())) {
                if (!present.contains(name)) {
                    missing.add("it has no entry point \"" + name + "\"");
                }
            }
        } catch (IOException e) {
            missing.add(unanswered(e, context));
        }
        if (!missing.isEmpty()) {
            throw new RouterSetupException("Traefik", String.join("; ", missing), REMEDY);
        }
    }

    /** Waits a little: our own file may just have been written. */
    private List<String> entryPoints(TraefikApi api, CancelToken cancelToken) throws IOException {
        var wait = new Wait(settings.switchDeadline(), cancelToken);
        while (true) {
            try {
                return api.entryPoints(cancelToken);
            } catch (ConnectException e) {
                throw e;
            } catch (IOException e) {
                if (!wait.pause("answer of Traefik")) {
                    throw e;
                }
            }
        }
    }

    private String unanswered(IOException cause, PluginContext context) {
        String address = settings.privateEntryPoint().orElseThrow().toString();
        if (cause instanceof ConnectException) {
            return "nothing answers at its private entry point " + address + " (" + cause.getMessage() + ")";
        }
        var log = new TraefikLog(context.engine(), settings.container());
        return new BrokenFiles(path)
                .find(log.errors(Optional.of(context.clock().instant().minusSeconds(60))))
                .map(file -> "it reads none of its files because of " + file)
                .orElse("its API does not answer at " + address + " (" + cause.getMessage()
                        + "): it needs the section \"api\", an entry point \""
                        + settings.entryPoints().internal() + "\" at that address, and a file provider that watches "
                        + path);
    }
}
