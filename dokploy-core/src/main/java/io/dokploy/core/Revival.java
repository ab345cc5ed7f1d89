package io.dokploy.core;

import io.dokploy.api.Actor;
import io.dokploy.api.Application;
import io.dokploy.api.Backups;
import io.dokploy.api.Client;
import io.dokploy.api.DeployRequest;
import io.dokploy.api.Dokploy;
import io.dokploy.api.Experimental;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings back what a restored store says should run, on a machine that lost it: every database that is not ready from its
 * newest backup, then every application: with the image that was live if a backup has it, else built from its commit. What
 * stands in the way of one is told, and the rest goes on; it can be run again. For one thread.
 */
@Experimental
public final class Revival {

    private final Client client;
    private final Duration patience;
    private final Consumer<String> told;
    private final List<String> failures = new ArrayList<>();

    private Revival(Client client, Duration patience, Consumer<String> told) {
        this.client = client;
        this.patience = patience;
        this.told = told;
    }

    /**
     * Does it, and waits for it.
     *
     * @param dokploy  that was started on the restored store, with the backup key
     * @param patience for each database and each application
     * @param told     of each, one line
     * @return what could not be brought back and why, one line each; empty if all is back
     */
    public static List<String> of(Dokploy dokploy, Duration patience, Consumer<String> told) {
        var revival = new Revival(dokploy.as(Actor.of("recovery")), patience, told);
        revival.run();
        return List.copyOf(revival.failures);
    }

    private void run() {
        for (String target : client.backups().targets()) {
            attempt(
                    "backup target " + target,
                    () -> client.backups().importFrom(target).await(patience) + " new backups");
        }
        for (var project : client.projects().list()) {
            for (var environment : client.projects().environments(project.name())) {
                databases(project.name(), environment.name());
            }
        }
        for (var project : client.projects().list()) {
            for (var environment : client.projects().environments(project.name())) {
                applications(project.name(), environment.name());
            }
        }
    }

    private void databases(String project, String environment) {
        var databases = client.databases(project, environment);
        for (Database database : databases.list()) {
            if (!database.stopped() && !database.adopted() && !databases.isReady(database.name())) {
                attempt(subject(project, environment, database.name()), () -> restore(project, environment, database));
            }
        }
    }

    private String restore(String project, String environment, Database database) {
        var backups = client.backups(project, environment);
        var newest = backups.list(database.name()).stream().findFirst();
        if (newest.isEmpty()) {
            throw new IllegalStateException("there is no backup of it");
        }
        var backup = newest.get().backup();
        backups.restore(backup.id(), database.name(), RestoreRequest.withoutSafetyBackup())
                .await(patience);
        return "restored from " + backup.id() + " of " + backup.began();
    }

    private void applications(String project, String environment) {
        var applications = client.applications(project, environment);
        for (Application application : applications.list()) {
            if (application.live().isPresent() && !application.stopped()) {
                attempt(
                        subject(project, environment, application.name()),
                        () -> revive(project, environment, application));
            }
        }
    }

    private String revive(String project, String environment, Application application) {
        var applications = client.applications(project, environment);
        var live = applications.releases(application.name()).stream()
                .filter(release -> Optional.of(release.id()).equals(application.live()))
                .findFirst();
        var image = live.flatMap(release -> imageOf(release, client.backups(project, environment), application.name()));
        if (image.isPresent()) {
            client.backups(project, environment).restoreImage(image.get().id()).await(patience);
            var again = applications.restart(application.name()).await(patience);
            return "serves release " + again.id() + " with the image of "
                    + image.get().id();
        }
        var request = live.flatMap(Release::commit)
                .map(commit -> DeployRequest.defaults().commit(commit.id()).allowingOlder())
                .orElse(DeployRequest.defaults());
        var deployed = applications
                .deploy(application.name(), request.forced().because("recovery"))
                .await(patience);
        return "serves release " + deployed.id();
    }

    /** The newest backup of exactly that image. */
    private static Optional<Backup> imageOf(Release release, Backups backups, String application) {
        return backups.listImages(application).stream()
                .map(CataloguedBackup::backup)
                .filter(backup -> backup.serverVersion().equals(release.image().id()))
                .findFirst();
    }

    private void attempt(String subject, Work work) {
        try {
            told.accept(subject + ": " + work.run());
        } catch (DokployException | IllegalStateException e) {
            told.accept(subject + " is not back: " + e.getMessage());
            failures.add(subject + ": " + e.getMessage());
        }
    }

    private static String subject(String project, String environment, String name) {
        return project + "/" + environment + "/" + name;
    }

    private interface Work {
        String run();
    }
}
