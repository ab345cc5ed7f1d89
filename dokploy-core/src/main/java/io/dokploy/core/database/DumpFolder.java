package io.dokploy.core.database;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where dumps lie that are folders: a scratch volume, in a container of the same image and in the same network beside a
 * database's server. Both are removed when it is closed; what a dead program left goes with the server, or with the next
 * folder beside it.
 */
public final class DumpFolder implements AutoCloseable {

    private static final String SUFFIX = "-dump";
    private static final String ROLE = "dump-folder";
    private static final String DIRECTORY = "/dokploy-dump";
    /** What stays behind ends by itself. */
    private static final List<String> IDLE = List.of("sleep", "604800");

    private final DatabaseServer beside;
    private final DatabaseServer tools;
    private final PluginContext context;

    private DumpFolder(DatabaseServer beside, DatabaseServer tools, PluginContext context) {
        this.beside = beside;
        this.tools = tools;
        this.context = context;
    }

    /** Makes one beside a server that runs. */
    public static DumpFolder beside(DatabaseServer server, PluginContext context) {
        var there = server.container();
        var placement = placement(server.placement());
        var engine = context.engine();
        remove(server.placement().container(), context);
        engine.ensureVolume(placement.volume(), placement.labels());
        var container = ContainerSpec.of(placement.container(), there.image())
                .command(IDLE)
                // Whoever the image runs as, it must write to the volume.
                .user("0")
                .stopSignal("SIGKILL")
                .labels(placement.labels())
                .mount(new EngineMount(placement.volume(), DIRECTORY, false));
        there.networks().keySet().stream()
                .findFirst()
                .ifPresent(network -> container.network(network, NetworkAttachment.plain()));
        engine.create(container.build());
        engine.start(placement.container());
        return new DumpFolder(server, server.in(placement), context);
    }

    private static Placement placement(Placement server) {
        var beside = server.beside(SUFFIX, Map.of(Labels.ROLE, ROLE));
        return new Placement(
                beside.container(), beside.container(), Optional.empty(), Optional.empty(), beside.labels());
    }

    /** Removes what is left of the one beside the server in that container. */
    static void remove(String server, PluginContext context) {
        context.engine().remove(server + SUFFIX);
        context.engine().removeVolume(server + SUFFIX);
    }

    /** In which commands run. */
    public DatabaseServer tools() {
        return tools;
    }

    /** The login for these commands. */
    public Login login(Login login) {
        return login.address().isPresent() ? login : beside.reachedBy(login);
    }

    /** Where the folder of that part is. */
    public String path(String part) {
        return DIRECTORY + "/" + part;
    }

    /** The folder of a part as a tar, in which its name comes first. */
    public InputStream read(String part) {
        return tools.copyOut(path(part));
    }

    /** Unpacks what {@link #read} gave. */
    public void write(InputStream tar) {
        tools.unpack(DIRECTORY, tar);
    }

    /** What it was for is done: one that cannot be removed now ends by itself, and is removed with the next one. */
    @Override
    public void close() {
        try {
            remove(beside.placement().container(), context);
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (DokployException e) {
            context.progress().line("The scratch volume of the dump could not be removed: " + e.getMessage());
        }
    }
}
