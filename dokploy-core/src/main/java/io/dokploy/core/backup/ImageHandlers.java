package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operations do with the images of applications. */
public final class ImageHandlers {

    /** Backs up the image of an application's live release, and proves it. */
    public static final String BACK_UP = "backup.image";

    /** Gives the engine an image of a backup. */
    public static final String RESTORE = "backup.restore-image";

    private final Platform platform;
    private final BackupKeys keys;

    /** Handlers that work on this platform. */
    public ImageHandlers(Platform platform, BackupKeys keys) {
        this.platform = platform;
        this.keys = keys;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.of(BACK_UP, new Reported<>(this::backUp), RESTORE, new Reported<>(this::restore));
    }

    private CataloguedBackup backUp(OperationContext operation) {
        Application application = VolumeHandlers.asked(platform, operation);
        var source = new BackupSource(Kind.IMAGE, application.id().value());
        var run = BackupRun.asked(platform, operation, source);
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            var job = new BackupJob(platform, operation, context, keys);
            var backup = run.store(job, ImageDump.of(job, application));
            return run.finish(backup, () -> new VerifyBackup(job).run(new ImageProof(job), backup, run.target()));
        }
    }

    private @Nullable Void restore(OperationContext operation) {
        operation.step("restore");
        var catalogued = new Catalogue(platform, operation).asked();
        Backup backup = catalogued.backup();
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            new RestoreImage(new BackupJob(platform, operation, context, keys)).run(backup, catalogued.target());
            return null;
        }
    }
}
