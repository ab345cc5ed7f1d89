package io.dokploy.backup.local;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.Pace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder for backups, on the machine of this JVM. It is made with mode 0700 if it is not there; objects are files below
 * it with mode 0600, under their keys. Immutable.
 *
 * <p>Backups that lie on the disk of their database are gone with it: use a disk or a share of its own, and {@link
 * #mounted()}.
 */
public final class LocalSettings implements PluginSettings {

    static final String ID = "local";
    static final int VERSION = 1;

    private final String folder;
    private final boolean mounted;
    private final long bandwidth;

    private LocalSettings(String folder, boolean mounted, long bandwidth, Problems problems) {
        this.folder = folder;
        this.mounted = mounted;
        this.bandwidth = bandwidth;
        problems.require(bandwidth == 0 || bandwidth >= 16 << 10, "bandwidth", "must be at least 16 KiB per second");
        problems.require(isPlain(folder), "folder", "must be an absolute path without . and .., and not the root");
        problems.throwIfAny();
    }

    /**
     * Backups below {@code folder}.
     *
     * @throws io.dokploy.api.error.InvalidSpecException unless it is absolute, without {@code .} and {@code ..}
     */
    public static LocalSettings of(Path folder) {
        return new LocalSettings(folder.toString(), false, 0, Problems.of("settings of " + ID));
    }

    /**
     * The same folder, but used only while it is there and on another file system than the root: so a share that is not
     * mounted fails a backup, instead of letting it fill the machine's own disk.
     */
    public LocalSettings mounted() {
        return new LocalSettings(folder, true, bandwidth, Problems.of("settings of " + ID));
    }

    /**
     * The same folder with a limit of what is written to it in a second by each piece of work, for a disk or a share that
     * others use too; no limit if left out.
     *
     * @param perSecond at least 16 KiB
     * @throws io.dokploy.api.error.InvalidSpecException if it is less
     */
    public LocalSettings bandwidth(ByteSize perSecond) {
        return new LocalSettings(folder, mounted, perSecond.bytes(), Problems.of("settings of " + ID));
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static LocalSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        String folder = reader.text("folder").orElse("");
        boolean mounted = reader.flag("mounted").orElse(false);
        long bandwidth = reader.number("bandwidth").orElse(0L);
        return new LocalSettings(folder, mounted, bandwidth, reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch()
                        .put("folder", folder)
                        .put("mounted", mounted)
                        .put("bandwidth", bandwidth)
                        .build());
    }

    Path folder() {
        return Path.of(folder);
    }

    boolean isMounted() {
        return mounted;
    }

    /** At which it is written to, if there is a limit. */
    Optional<Pace> pace() {
        return bandwidth == 0 ? Optional.empty() : Optional.of(Pace.of(ByteSize.bytes(bandwidth)));
    }

    private static boolean isPlain(String folder) {
        try {
            Path path = Path.of(folder);
            return path.isAbsolute() && path.normalize().equals(path) && path.getNameCount() > 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LocalSettings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    @Override
    public String toString() {
        return "LocalSettings[" + folder + (mounted ? ", mounted" : "")
                + (bandwidth == 0 ? "]" : ", " + ByteSize.bytes(bandwidth) + " a second]");
    }
}
