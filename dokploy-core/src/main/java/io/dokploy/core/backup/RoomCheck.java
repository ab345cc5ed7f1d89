package io.dokploy.core.backup;

import io.dokploy.api.application.Resources;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.InsufficientDiskException;
import io.dokploy.api.error.InsufficientMemoryException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.core.pipeline.Platform;

/** Refuses a restore that the engine's machine has no room for, before anything is started. */
final class RoomCheck {

    /** What a tool has compressed grows again; about so much, since the manifest does not say. */
    private static final int GROWTH = 4;

    private static final ByteSize LITTLE_MEMORY = ByteSize.mebibytes(256);

    private final Platform platform;

    RoomCheck(Platform platform) {
        this.platform = platform;
    }

    /** Nothing is required where the engine does not tell what there is. */
    void require(Backup backup, Resources resources, String subject) {
        long data = backup.parts().stream().mapToLong(RoomCheck::restored).sum();
        require("backup " + backup.id(), data, resources, subject);
    }

    /** The same for what is known by the size of its object only. */
    void requirePacked(String what, long bytes, Resources resources, String subject) {
        require(what, bytes * GROWTH, resources, subject);
    }

    private void require(String what, long data, Resources resources, String subject) {
        requireDisk(what, data, subject);
        requireMemory(resources, subject);
    }

    /** Whether the engine's disk has room for so many bytes for a while. */
    boolean hasRoom(long bytes) {
        long reserve = platform.limits().minimumFreeDisk();
        return platform.engine()
                .diskSpace()
                .map(disk -> disk.free() >= bytes + reserve)
                .orElse(true);
    }

    private void requireDisk(String what, long data, String subject) {
        long reserve = platform.limits().minimumFreeDisk();
        platform.engine()
                .diskSpace()
                .filter(disk -> disk.free() < data + reserve)
                .ifPresent(disk -> {
                    throw new InsufficientDiskException(
                            subject,
                            what + " takes about " + new ByteSize(data)
                                    + " when it is restored, and " + new ByteSize(reserve)
                                    + " must stay free, but the engine's disk has " + new ByteSize(disk.free())
                                    + " left of " + new ByteSize(disk.total()),
                            "Make room on that disk: remove volumes, images with maintenance().pruneImages(), the build"
                                    + " cache with pruneBuildCache().");
                });
    }

    /** A folder lies beside what is made of it. */
    private static long restored(Part part) {
        long data = part.compressed() ? part.dumped() : part.dumped() * GROWTH;
        return FolderPart.is(part) ? data + part.dumped() : data;
    }

    /** What is kept for it, or little: most of a high limit is for what a scratch database does not do. */
    private void requireMemory(Resources resources, String subject) {
        var needed = resources
                .memoryReservation()
                .orElseGet(() -> resources
                        .memory()
                        .filter(limit -> limit.compareTo(LITTLE_MEMORY) < 0)
                        .orElse(LITTLE_MEMORY));
        platform.engine()
                .availableMemory()
                .filter(available -> available < needed.bytes())
                .ifPresent(available -> {
                    throw new InsufficientMemoryException(
                            subject,
                            "a restored database needs " + needed + " of memory, but the engine's machine has "
                                    + new ByteSize(available) + " left",
                            "Try again when less runs there, or keep less for the database with"
                                    + " Resources.memoryReservation.");
                });
    }
}
