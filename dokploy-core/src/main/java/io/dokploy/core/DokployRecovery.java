package io.dokploy.core;

import io.dokploy.api.Experimental;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.backup.BackupKeys;
import io.dokploy.core.backup.Manifests;
import io.dokploy.core.backup.StoreFromBackup;
import io.dokploy.core.local.LocalWorkspace;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/**
 * Begins anew on an empty machine, with nothing but the place where backups lie and the backup key. Needs no store and no
 * engine: {@link #restoreStore(Backup, Path)} makes the store, a {@link DokployBuilder} with the same backup key opens it,
 * and {@link Revival} brings back what it says should run. For one thread.
 *
 * <pre>{@code
 * try (var recovery = DokployRecovery.from(S3Settings.bucket("backups")..., BackupKey.of(identity))) {
 *     recovery.restoreStore(recovery.newestStore(), dataDirectory);
 * }
 * }</pre>
 */
@Experimental
public final class DokployRecovery implements AutoCloseable {

    private static final String SUBJECT = "place of the backups";

    private final RecoveryContext context;
    private final PluginRegistry plugins;
    private final BackupTarget.Store place;
    private final BackupKeys keys;

    private DokployRecovery(
            RecoveryContext context, PluginRegistry plugins, BackupTarget.Store place, BackupKeys keys) {
        this.context = context;
        this.plugins = plugins;
        this.place = place;
        this.keys = keys;
    }

    /**
     * Opens the place; its plugin must be on the class path.
     *
     * @param place settings of a bucket or a folder
     * @param keys  of the backups; several if it was changed
     */
    public static DokployRecovery from(PluginSettings place, BackupKey... keys) {
        var found = Plugins.discover();
        var plugins = new PluginRegistry(found.given(), found.discoverIn());
        var context = new RecoveryContext(LocalWorkspace.create(Path.of(System.getProperty("java.io.tmpdir"))));
        try {
            var settings = place.toDocument();
            var plugin = plugins.backup(settings.plugin());
            plugin.check(settings);
            return new DokployRecovery(context, plugins, plugin.open(settings, context), new BackupKeys(List.of(keys)));
        } catch (RuntimeException e) {
            context.close();
            plugins.close();
            throw e;
        }
    }

    /** All backups that lie there, of all stores that ever used the place, newest first. */
    public List<Backup> list() {
        return asking(() -> new Manifests(place, context.json())
                .read((key, problem) -> {}).stream()
                        .sorted(Comparator.comparing(Backup::id).reversed())
                        .toList());
    }

    /**
     * The newest backup of a store. If several stores use the place, choose from {@link #list()} by {@link
     * Backup#instance()} instead.
     */
    public Backup newestStore() {
        return list().stream()
                .filter(backup -> backup.kind() == Backup.Kind.STORE)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        SUBJECT, "no backup of a store lies there", "Look whether it is the right place."));
    }

    /** Makes a store of that backup in a directory that is thrown away. @return what was compared, one line each */
    public List<String> verifyStore(Backup backup) {
        return asking(() -> {
            try (var scratch = LocalWorkspace.create(context.workspace().directory())) {
                return fromBackup().prove(backup, scratch.directory());
            }
        });
    }

    /**
     * Makes the store, with its {@code master.key}, for {@link Store#embedded(Path)}.
     *
     * @throws io.dokploy.api.error.StoreUnavailableException if there is one already
     */
    public void restoreStore(Backup backup, Path directory) {
        asking(() -> {
            fromBackup().into(backup, directory);
            return directory;
        });
    }

    /**
     * Makes the store in a PostgreSQL database without one, for {@link Store#jdbc}.
     *
     * @param given must have {@link #masterKeys}
     */
    public void restoreStore(Backup backup, DataSource dataSource, KeyProvider given) {
        asking(() -> {
            fromBackup().into(backup, dataSource, given);
            return backup;
        });
    }

    /** The keys that the values of the store are encrypted with, the one in use first. */
    public List<MasterKey> masterKeys(Backup backup) {
        return asking(() -> fromBackup().masterKeys(backup));
    }

    private StoreFromBackup fromBackup() {
        return new StoreFromBackup(place, keys, context.cancelToken());
    }

    private static <T> T asking(Request<T> request) {
        try {
            return request.send();
        } catch (IOException e) {
            throw new TemporaryException(
                    Failure.temporary("backup-target-failed", SUBJECT, String.valueOf(e.getMessage()), "Try again."),
                    e);
        }
    }

    @Override
    public void close() {
        place.close();
        plugins.close();
        context.close();
    }

    private interface Request<T> {
        T send() throws IOException;
    }
}
