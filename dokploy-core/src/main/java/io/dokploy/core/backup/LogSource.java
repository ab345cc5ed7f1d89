package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveTable.NamedMoment;
import java.util.List;
import java.util.Optional;

/**
 * Whose bases and log bring a database to a moment: its own, or those of another one, which may be gone.
 *
 * @param platform    with the catalogue
 * @param project     of the database
 * @param environment of the database
 * @param name        of the database
 */
public record LogSource(Platform platform, String project, String environment, String name) {

    /** Those of that database. */
    static LogSource of(Platform platform, Database database) {
        return new LogSource(platform, database.project(), database.environment(), database.name());
    }

    /** For people: {@code default/production/shop-db}. */
    String subject() {
        return project + "/" + environment + "/" + name;
    }

    /** The database of that name now, if there is one. */
    Optional<Database> now() {
        return platform.store().databases().find(project, environment, name);
    }

    /**
     * The base for that moment, by the catalogue.
     *
     * @throws NotFoundException if there is none at all, or no moment of that name
     * @throws io.dokploy.api.error.LogGapException if all are of later moments
     */
    public CataloguedBackup base(PointInTime moment) {
        var bases = platform.store().backups().list(Kind.BASE, project, environment, name);
        if (bases.isEmpty()) {
            throw new NotFoundException(
                    "database " + subject(),
                    "the catalogue knows no base of it",
                    "Correct the name, or import the place where its bases lie, with importFrom.");
        }
        var point = moment.name().map(this::point);
        var newest = RecoveryChain.newestBase(
                subject(),
                bases.stream().map(CataloguedBackup::backup).toList(),
                moment.time().or(() -> point.map(NamedMoment::time)).orElseThrow(),
                base -> point.isEmpty()
                        || history(base).equals(Optional.of(point.get().history())));
        return bases.stream()
                .filter(base -> base.backup().equals(newest))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> history(Backup base) {
        return base.log().map(span -> span.history());
    }

    /** @throws NotFoundException if it has no moment of that name */
    NamedMoment point(String wanted) {
        List<NamedMoment> points = now().map(
                        database -> platform.store().logArchives().points(database.id()))
                .orElse(List.of());
        return points.stream()
                .filter(point -> point.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "database " + subject(),
                        "it has no moment of the name \"" + wanted + "\"; there are: "
                                + points.stream().map(NamedMoment::name).toList(),
                        "Correct the name, or use a time."));
    }
}
