package io.dokploy.core.database;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.error.DokployException;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import java.util.List;

/**
 * Where the tools of a database's engine run: in the database's own container, or, for an adopted one, in a companion: a
 * container of the engine's image in the network of the environment, which is made for one piece of work and removed after
 * it. Passwords reach a companion with each command, so it knows none itself.
 */
public final class Tools implements AutoCloseable {

    /** What a dead program left ends by itself, and goes with the next companion of that database. */
    private static final List<String> IDLE = List.of("sleep", "86400");

    private final DatabaseServer server;
    private final Runnable end;

    private Tools(DatabaseServer server, Runnable end) {
        this.server = server;
        this.end = end;
    }

    /**
     * The tools of that database.
     *
     * @param work    names the piece of work
     * @param attempt which one it is; what former ones left is removed
     */
    static Tools of(KnownDatabase known, String work, int attempt, PluginContext context) {
        if (!known.database().adopted()) {
            return new Tools(known.server(known.placement(), context), () -> {});
        }
        var placement = known.companion(work, attempt);
        var container = placement.container();
        removeLeft(known, work, context);
        try {
            run(known, placement, context);
        } catch (RuntimeException e) {
            remove(container, context);
            throw e;
        }
        return new Tools(known.server(placement, context), () -> remove(container, context));
    }

    /** What was done is done: one that stays ends by itself. */
    private static void remove(String container, PluginContext context) {
        try {
            context.engine().remove(container);
        } catch (DokployException e) {
            context.progress()
                    .line("The container " + container + " of the tools could not be removed, and ends by itself: "
                            + e.getMessage());
        }
    }

    private static void run(KnownDatabase known, Placement placement, PluginContext context) {
        var image = known.image(known.database().engineVersion());
        DatabaseServer.pull(image, context);
        context.engine()
                .create(ContainerSpec.of(placement.container(), image)
                        .command(IDLE)
                        .stopSignal("SIGKILL")
                        .labels(placement.labels())
                        .logs(known.database().spec().logs())
                        .network(known.network(context), NetworkAttachment.plain())
                        .build());
        context.engine().start(placement.container());
    }

    private static void removeLeft(KnownDatabase known, String work, PluginContext context) {
        var instance = known.platform().store().instance();
        for (ContainerInfo left : context.engine().list(Placement.companionsOf(instance, known.database()))) {
            if (left.state() == State.EXITED || work.equals(left.labels().get(Placement.WORK))) {
                DumpFolder.remove(left.name(), context);
                context.engine().remove(left.id());
            }
        }
    }

    /** Starts the engine's client; closing the session closes this. */
    ExecSession client(ExecRequest request) {
        try {
            return new LastSession(server.open(request), this);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The container in which commands run. */
    public DatabaseServer server() {
        return server;
    }

    @Override
    public void close() {
        end.run();
    }
}
