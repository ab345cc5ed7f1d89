package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.core.backup.RecoveryChain.Stock;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is of bases and log, by the catalogue and by the objects that are in a place.
 *
 * @param platform with the catalogue
 * @param place    open
 */
record LogStock(Platform platform, BackupTarget.Store place) {

    Stock of(String project, String environment, String name, ArchivesLog plugin) throws IOException {
        var bases = backups(platform.store().backups().list(Kind.BASE, project, environment, name));
        Map<String, Long> sizes = new HashMap<>();
        for (String instance : bases.stream().map(Backup::instance).distinct().toList()) {
            place.list(
                    BackupDraft.folder(instance, List.of(project, environment, name)),
                    object -> sizes.put(object.key(), object.size()));
        }
        return new Stock(
                project + "/" + environment + "/" + name,
                bases.stream()
                        .filter(base -> base.parts().stream().allMatch(part -> isThere(part, sizes)))
                        .toList(),
                history -> backups(platform.store().backups().log(history)),
                plugin::segmentAfter,
                part -> isThere(part, sizes));
    }

    private static boolean isThere(Part part, Map<String, Long> sizes) {
        return Long.valueOf(part.stored()).equals(sizes.get(part.key()));
    }

    private static List<Backup> backups(List<CataloguedBackup> catalogued) {
        return catalogued.stream().map(CataloguedBackup::backup).toList();
    }
}
