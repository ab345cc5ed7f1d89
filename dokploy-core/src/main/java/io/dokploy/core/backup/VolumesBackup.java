package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.deploy.EnvironmentVolumes;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Backs up the volumes of an application, a tar each, as they are while it is read; proves that by unpacking it into a
 * scratch volume, whose tar must be the same byte for byte; restores one into a new volume.
 */
final class VolumesBackup {

    private final Platform platform;
    private final OperationContext operation;
    private final PluginContext context;
    private final BackupKeys keys;

    VolumesBackup(Platform platform, OperationContext operation, PluginContext context, BackupKeys keys) {
        this.platform = platform;
        this.operation = operation;
        this.context = context;
        this.keys = keys;
    }

    Backup take(Application application, String target) {
        var volumes = application.spec().mounts().stream()
                .filter(Mount.Volume.class::isInstance)
                .map(mount -> ((Mount.Volume) mount).name())
                .distinct()
                .toList();
        if (volumes.isEmpty()) {
            throw new UserErrorException(Failure.user(
                    "no-volumes",
                    application.name(),
                    "it mounts no volume",
                    "Back up an application that does; files of the host are the host's to back up."));
        }
        var id = BackupDraft.id(operation, platform.store().ids());
        var stored = platform.store().backups().find(id);
        if (stored.isPresent()) {
            return stored.get().backup();
        }
        operation.step("dump");
        try (var place = Place.open(platform, target, context)) {
            var backup = write(application, volumes, id, place);
            new Catalogue(platform, operation).stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, application.name(), e);
        }
    }

    private Backup write(Application application, List<String> volumes, BackupId id, BackupTarget.Store place)
            throws IOException {
        var began = platform.pacing().now();
        var instance = platform.store().instance();
        var counts = new TreeMap<String, Long>();
        try (var draft = new BackupDraft(
                place, instance, application.project(), application.environment(), application.name(), id.value())) {
            var writer = new PartWriter(place, keys, context.cancelToken());
            for (String volume : volumes) {
                var source = EnvironmentVolumes.name(platform.ref(application), volume);
                requireVolume(source, volume);
                try (var reached = reach(source, id)) {
                    draft.add(writer.write(draft.prefix(), volume, "tar", true, stream -> {
                        try (var copied = new Copied(reached.read(), stream)) {
                            counts.put(volume, TarCheck.entries(copied));
                            return copied.bytes;
                        }
                    }));
                }
            }
            var backup = new Backup(
                    id,
                    Kind.VOLUMES,
                    instance,
                    application.project(),
                    application.environment(),
                    application.name(),
                    "tar",
                    "",
                    "",
                    began,
                    Duration.between(began, platform.pacing().now()),
                    draft.parts(),
                    counts,
                    true,
                    keys.fingerprint(),
                    Optional.empty());
            draft.end(context.json().write(backup));
            return backup;
        }
    }

    private void requireVolume(String source, String volume) {
        if (!exists(source)) {
            throw new NotFoundException(
                    "volume " + volume, "the engine has none of that name", "Deploy the application once.");
        }
    }

    private boolean exists(String volume) {
        return platform.engine()
                .listVolumes(Map.of(Labels.INSTANCE, platform.store().instance()))
                .contains(volume);
    }

    Verification prove(Backup backup, String target) {
        operation.step("verify");
        var began = platform.pacing().now();
        var checks = new ArrayList<String>();
        for (Part part : backup.parts()) {
            var scratch = "dokploy-" + backup.instance() + "-verify-" + suffix(backup.id());
            platform.engine().removeVolume(scratch);
            try {
                checks.add(unpack(
                        backup,
                        part,
                        target,
                        scratch,
                        Map.of(Labels.INSTANCE, platform.store().instance(), Labels.ROLE, "scratch")));
            } finally {
                platform.engine().removeVolume(scratch);
            }
        }
        var now = platform.pacing().now();
        var verification = new Verification(now, Duration.between(began, now), "tar", checks);
        new Catalogue(platform, operation).verified(backup, verification);
        return verification;
    }

    /** Makes a volume of one in the backup; if it fails there is none. */
    void restore(Backup backup, String target, String volume, ApplicationRef into, String newName) {
        operation.step("restore");
        var part = backup.parts().stream()
                .filter(candidate ->
                        backup.kind() == Kind.VOLUMES && candidate.name().equals(volume))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "volume " + volume,
                        "backup " + backup.id() + " holds none of that name",
                        "Choose one of " + backup.counts().keySet() + "."));
        var source = EnvironmentVolumes.name(into, newName);
        // What an attempt left that died is its own; anything else is somebody's data.
        boolean ours = operation.checkpoint().isPresent();
        if (exists(source) && !ours) {
            throw new AlreadyExistsException(
                    "volume " + newName,
                    "the environment has one of that name, and it is never written over",
                    "Choose a new name, and let the application mount that.");
        }
        operation.saveCheckpoint(Tree.branch().put("volume", source).build());
        platform.engine().removeVolume(source);
        try {
            operation.progress().line(unpack(backup, part, target, source, EnvironmentVolumes.labels(into)));
        } catch (RuntimeException e) {
            platform.engine().removeVolume(source);
            throw e;
        }
    }

    private String unpack(Backup backup, Part part, String target, String volume, Map<String, String> labels) {
        platform.engine().ensureVolume(volume, labels);
        try (var place = Place.open(platform, target, context);
                var reached = reach(volume, backup.id())) {
            var stored = new Counted();
            var reader = new PartReader(backup, place, keys, context.cancelToken());
            reader.requireAll();
            reader.read(part, content -> {
                var counted = stored.of(content);
                reached.write(counted);
                counted.transferTo(OutputStream.nullOutputStream());
            });
            var found = new Counted();
            long entries;
            try (var tar = found.of(reached.read())) {
                entries = TarCheck.entries(tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            var before = stored.sha256();
            if (!before.equals(found.sha256()) || entries != backup.counts().getOrDefault(part.name(), -1L)) {
                throw new BackupNotVerifiedException(
                        "backup " + backup.id(),
                        "the volume " + part.name() + " is another one after it was unpacked",
                        "Take another backup with the application stopped; if that has the same fault, report it.");
            }
            return part.name() + ": " + entries + " entries, " + part.dumped() + " bytes of tar with the SHA-256 "
                    + before + ", the same after they were unpacked";
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        }
    }

    private ReachedVolume reach(String volume, BackupId id) {
        return ReachedVolume.of(platform.engine(), platform.store().instance(), volume, suffix(id));
    }

    private static String suffix(BackupId id) {
        return id.value().substring(id.value().length() - 10).toLowerCase(Locale.ROOT);
    }

    /** Writes all that is read to another stream, too. */
    private static final class Copied extends FilterInputStream {
        private final OutputStream copy;
        private long bytes;

        Copied(InputStream source, OutputStream copy) {
            super(source);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                copy.write(buffer, offset, count);
                bytes += count;
            }
            return count;
        }
    }
}
