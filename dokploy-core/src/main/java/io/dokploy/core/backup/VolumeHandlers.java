package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.ApplicationRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operations do with the volumes of applications. */
public final class VolumeHandlers {

    /** Backs up the volumes of an application, and proves it. */
    public static final String BACK_UP = "backup.volumes";

    /** Makes a volume of one in a backup. */
    public static final String RESTORE = "backup.restore-volume";

    /** Makes a volume of a tar of somebody else. */
    public static final String IMPORT = "backup.import-volume";

    /** The application's id. */
    public static final String APPLICATION = "application";

    /** What the application does meanwhile, as {@link DuringBackup} names it; missing: it goes on. */
    public static final String DURING = "during";

    /** The name of the volume in the backup. */
    public static final String VOLUME = "volume";

    /** The name of the new volume. */
    public static final String NEW_NAME = "newName";

    /** Where the new volume belongs. */
    public static final String PROJECT = "project";

    /** Where the new volume belongs. */
    public static final String ENVIRONMENT = "environment";

    private final Platform platform;
    private final BackupKeys keys;

    /** Handlers that work on this platform. */
    public VolumeHandlers(Platform platform, BackupKeys keys) {
        this.platform = platform;
        this.keys = keys;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.of(
                BACK_UP, new Reported<>(this::backUp),
                RESTORE, new Reported<>(this::restore),
                IMPORT, new Reported<>(this::importTar));
    }

    private CataloguedBackup backUp(OperationContext operation) {
        var application = asked(platform, operation);
        var source = new BackupSource(Kind.VOLUMES, application.id().value());
        var run = BackupRun.asked(platform, operation, source);
        var during = DuringBackup.valueOf(operation.arguments().text(DURING, DuringBackup.LIVE.name()));
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            var job = new BackupJob(platform, operation, context, keys);
            var backup = run.store(job, VolumesDump.of(job, application, during));
            return run.finish(backup, () -> new VerifyBackup(job).run(new VolumesProof(job), backup, run.target()));
        }
    }

    /** The application that an operation is for. @throws NotFoundException if it is gone */
    static Application asked(Platform platform, OperationContext operation) {
        return platform.store()
                .applications()
                .find(new ApplicationId(operation.arguments().text(APPLICATION, "")))
                .orElseThrow(() -> new NotFoundException(
                        operation.record().subject(),
                        "the application was deleted before its turn came",
                        "Create it again."));
    }

    private @Nullable Void restore(OperationContext operation) {
        var catalogued = new Catalogue(platform, operation).asked();
        var backup = catalogued.backup();
        return make(operation, catalogued.target(), (job, place, volume) -> {
            var part = UnpackedVolume.part(backup, operation.arguments().text(VOLUME, ""));
            job.reader(backup, place).requireAll();
            return new UnpackedVolume(job, backup, place).unpack(part, volume);
        });
    }

    private @Nullable Void importTar(OperationContext operation) {
        var arguments = operation.arguments();
        return make(
                operation,
                arguments.text(BackupHandlers.TARGET, ""),
                (job, place, volume) ->
                        new ImportedVolume(job, arguments.text(BackupHandlers.KEY, "")).unpack(place, volume));
    }

    private @Nullable Void make(OperationContext operation, String target, NewVolume.Filling filling) {
        operation.step("restore");
        var arguments = operation.arguments();
        var into = new ApplicationRef(
                platform.store().instance(),
                new ApplicationId("none"),
                arguments.text(PROJECT, ""),
                arguments.text(ENVIRONMENT, ""),
                "volume");
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            var job = new BackupJob(platform, operation, context, keys);
            new NewVolume(job, into, arguments.text(NEW_NAME, "")).make(target, filling);
            return null;
        }
    }
}
