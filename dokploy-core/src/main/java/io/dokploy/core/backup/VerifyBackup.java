package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.FailedVerification;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.Placement;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.NetworkSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proves a backup: restores it into a scratch database without a way out, compares, and removes that again. */
final class VerifyBackup {

    private static final int SUFFIX_LENGTH = 10;

    private final Platform platform;
    private final BackupKeys keys;

    VerifyBackup(Platform platform, BackupKeys keys) {
        this.platform = platform;
        this.keys = keys;
    }

    /**
     * Does it, and keeps in the catalogue what came of it.
     *
     * @param check what the restored database must answer
     */
    Verification run(
            OperationContext operation,
            PluginContext context,
            Backup backup,
            String target,
            DatabaseSpec spec,
            Optional<CheckQuery> check) {
        try {
            return prove(operation, context, backup, target, spec, check);
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            keep(backup, e, operation.masked(e.failure().reason()));
            throw e;
        }
    }

    private void keep(Backup backup, DokployException e, String reason) {
        boolean conclusive = e instanceof BackupDamagedException || e instanceof BackupNotVerifiedException;
        var failure = new FailedVerification(platform.pacing().now(), e.code(), reason, conclusive);
        if (conclusive) {
            platform.store().backups().setNotVerified(backup.id(), failure);
        } else {
            platform.store().backups().setFailure(backup.id(), failure);
        }
    }

    private Verification prove(
            OperationContext operation,
            PluginContext context,
            Backup backup,
            String target,
            DatabaseSpec spec,
            Optional<CheckQuery> check) {
        operation.step("verify");
        var began = platform.pacing().now();
        var plugin = platform.plugins().database(backup.engine());
        // The user of the dump, since it owns things; a password of its own, since nobody else logs in.
        var login = new Login(spec.user(), Secret.of("scratch-" + backup.id().value()), spec.database());
        var scratch = spec.toBuilder().withoutInitScripts().build();
        var image = spec.image().orElseGet(() -> plugin.image() + ":" + backup.engineVersion());
        var placement = Placement.scratch(platform.store().instance(), name(backup));
        var server = new DatabaseServer(
                placement,
                KnownDatabase.forLoading(plugin, plugin.blueprint(scratch, backup.engineVersion(), login)),
                "scratch database of backup " + backup.id(),
                context,
                platform.pacing());
        var network = placement.container();
        // What an attempt left that died.
        clear(server, network);
        new RoomCheck(platform).require(backup, spec.resources(), "backup " + backup.id());
        try (var place = Place.open(platform, target, context)) {
            platform.engine()
                    .ensureNetwork(new NetworkSpec(
                            network, Map.of(Labels.INSTANCE, platform.store().instance()), true));
            server.create(scratch, image, network);
            var checks = new ArrayList<>(new RestoreParts(place, keys, operation::step)
                    .run(backup, server, plugin, scratch, login, context.cancelToken()));
            if (check.isPresent()) {
                checks.add(new CheckRestored(backup, check.get()).run(server, plugin, login, context.cancelToken()));
            }
            var now = platform.pacing().now();
            var verification = new Verification(now, Duration.between(began, now), image, checks);
            new Catalogue(platform, operation).verified(backup, verification);
            return verification;
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        } finally {
            clear(server, network);
        }
    }

    private void clear(DatabaseServer server, String network) {
        server.destroy();
        platform.engine().removeNetwork(network);
    }

    static String subject(Backup backup) {
        return backup.project() + "/" + backup.environment() + "/" + backup.name();
    }

    private static String name(Backup backup) {
        var id = backup.id().value();
        return "verify-" + id.substring(id.length() - SUFFIX_LENGTH).toLowerCase(Locale.ROOT);
    }

    /** What is known of a database that may be gone: enough to make one like it. */
    static DatabaseSpec specOf(Backup backup) {
        return DatabaseSpec.named(
                        backup.name(),
                        () -> new SettingsDocument(
                                backup.engine(), 1, Tree.branch().build()))
                .version(backup.engineVersion())
                .build();
    }
}
