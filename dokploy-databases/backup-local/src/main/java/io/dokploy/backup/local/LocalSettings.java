package io.dokploy.backup.local;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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

    private LocalSettings(String folder, boolean mounted, Problems problems) {
        this.folder = folder;
        this.mounted = mounted;
        problems.require(isPlain(folder), "folder", "must be an absolute path without . and .., and not the root");
        problems.throwIfAny();
    }

    /**
     * Backups below {@code folder}.
     *
     * @throws io.dokploy.api.error.InvalidSpecException unless it is absolute, without {@code .} and {@code ..}
     */
    public static LocalSettings of(Path folder) {
        return new LocalSettings(folder.toString(), false, Problems.of("settings of " + ID));
    }

    /**
     * The same folder, but used only while it is there and on another file system than the root: so a share that is not
     * mounted fails a backup, instead of letting it fill the machine's own disk.
     */
    public LocalSettings mounted() {
        return new LocalSettings(folder, true, Problems.of("settings of " + ID));
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
        return new LocalSettings(folder, mounted, reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch().put("folder", folder).put("mounted", mounted).build());
    }

    Path folder() {
        return Path.of(folder);
    }

    boolean isMounted() {
        return mounted;
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
        return "LocalSettings[" + folder + (mounted ? ", mounted]" : "]");
    }
}
